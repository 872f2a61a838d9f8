package dev.sluice.engine.exchange;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.function.IntToLongFunction;
import java.util.zip.CRC32C;

/**
 * The order of the records of a run: by a hash of the encoded key, which costs less to sort by, for
 * equal ones by the key's unsigned bytes, and for one key as they came.
 */
final class KeyOrder {
  private static final int NUMBER_BITS = 32;
  private static final int SHORT_BYTES = 7;

  private KeyOrder() {}

  /**
   * A key of up to seven bytes and its length in a long that equals another's if and only if the
   * keys are the same; negative for longer keys.
   */
  static long packed(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length > SHORT_BYTES) {
      return -1;
    }
    long packed = length;
    for (int i = start; i < end; i++) {
      packed = (packed << Byte.SIZE) | (bytes[i] & 0xFF);
    }
    return packed;
  }

  /** What keys are compared by first, the same for the same bytes. */
  static int hash(byte[] bytes, int start, int end) {
    return hash(packed(bytes, start, end), bytes, start, end);
  }

  /** {@link #hash(byte[], int, int)} of a key that is packed already. */
  static int hash(long packed, byte[] bytes, int start, int end) {
    if (packed >= 0) {
      long mixed = packed * 0x9E3779B97F4A7C15L;
      return (int) (((mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L) >>> 32);
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes, start, end - start);
    return (int) crc.getValue();
  }

  /** The first {@code bits} of the hash of {@code key}, as a number that grows in this order. */
  static int firstBits(byte[] key, int bits) {
    return (hash(key, 0, key.length) ^ Integer.MIN_VALUE) >>> (Integer.SIZE - bits);
  }

  /** Compares keys whose hashes are known. */
  static int compare(int hash, byte[] key, int otherHash, byte[] otherKey) {
    if (hash != otherHash) {
      return Integer.compare(hash, otherHash);
    }
    return key == otherKey ? 0 : Arrays.compareUnsigned(key, otherKey);
  }

  /**
   * What {@link #sort} takes for a record: one sort of longs needs no object, and no call for a
   * comparison.
   *
   * @param number of the record in the order in which they came
   */
  static long entry(int hash, int number) {
    return (long) hash << NUMBER_BITS | number;
  }

  /**
   * Sorts entries and puts in each one's stead the record's place, or, for the first record of each
   * key, the complement of its place, which is negative.
   *
   * @param compareKeys compares the keys of two records by their unsigned bytes
   * @param places of records, none negative
   */
  static void sort(long[] entries, IntBinaryOperator compareKeys, IntToLongFunction places) {
    Arrays.sort(entries);
    for (int start = 0; start < entries.length; ) {
      int hash = (int) (entries[start] >> NUMBER_BITS);
      boolean collision = false;
      int end = start + 1;
      for (; end < entries.length && (int) (entries[end] >> NUMBER_BITS) == hash; end++) {
        collision |= compareKeys.applyAsInt((int) entries[end - 1], (int) entries[end]) != 0;
      }
      if (collision) {
        sortByKey(entries, start, end, compareKeys);
      }
      int previous = -1;
      for (int i = start; i < end; i++) {
        int number = (int) entries[i];
        boolean first = i == start || (collision && compareKeys.applyAsInt(previous, number) != 0);
        entries[i] = first ? ~places.applyAsLong(number) : places.applyAsLong(number);
        previous = number;
      }
      start = end;
    }
  }

  /** The place that {@code sorted} stands for. */
  static long place(long sorted) {
    return sorted < 0 ? ~sorted : sorted;
  }

  private static void sortByKey(long[] entries, int start, int end, IntBinaryOperator compareKeys) {
    Long[] sorted = new Long[end - start];
    Arrays.setAll(sorted, i -> entries[start + i]);
    Arrays.sort(sorted, (a, b) -> compareKeys.applyAsInt(a.intValue(), b.intValue()));
    for (int i = 0; i < sorted.length; i++) {
      entries[start + i] = sorted[i];
    }
  }
}
