package dev.sluice.engine.rdd;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Numbers of partitions of a dataset, ascending, each once. Immutable. */
final class Partitions implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] numbers;

  private Partitions(int[] numbers) {
    this.numbers = numbers;
  }

  /** From 0 to {@code count} less one. */
  static Partitions all(int count) {
    return range(0, count);
  }

  /** From {@code start} to {@code end} less one. */
  static Partitions range(int start, int end) {
    return new Partitions(IntStream.range(start, end).toArray());
  }

  /** The given numbers, in any order and as often as you like. */
  static Partitions of(IntStream numbers) {
    return new Partitions(numbers.sorted().distinct().toArray());
  }

  int size() {
    return numbers.length;
  }

  boolean isEmpty() {
    return numbers.length == 0;
  }

  int get(int index) {
    return numbers[index];
  }

  int first() {
    return numbers[0];
  }

  int last() {
    return numbers[numbers.length - 1];
  }

  /** Where {@code number} stands, or a negative number if it does not. */
  int indexOf(int number) {
    return Arrays.binarySearch(numbers, number);
  }

  boolean contains(int number) {
    return indexOf(number) >= 0;
  }

  Partitions where(IntPredicate condition) {
    return new Partitions(stream().filter(condition).toArray());
  }

  Partitions shifted(int by) {
    return by == 0 ? this : new Partitions(stream().map(p -> p + by).toArray());
  }

  IntStream stream() {
    return Arrays.stream(numbers);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Partitions that && Arrays.equals(numbers, that.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return Arrays.toString(numbers);
  }
}
