package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransformationsTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 100).boxed().toList();

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void mapsFiltersAndFlattens(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<Integer> numbers = context.parallelize(NUMBERS, 7);
      assertEquals(
          NUMBERS.stream()
              .map(n -> n * 3)
              .filter(n -> n % 2 == 0)
              .flatMap(n -> List.of("a" + n, "b" + n).stream())
              .toList(),
          numbers
              .map(n -> n * 3)
              .filter(n -> n % 2 == 0)
              .flatMap(n -> List.of("a" + n, "b" + n))
              .collect());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void slicesDataEvenlyAndInOrder(Engine engine) {
    try (RddContext context = engine.open()) {
      assertEquals(
          List.of(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6, 7, 8, 9)),
          context.parallelize(NUMBERS.subList(0, 10), 3).glom().collect());
      assertEquals(
          List.of(List.of(), List.of(), List.of(0), List.of(), List.of(1)),
          context.parallelize(NUMBERS.subList(0, 2), 5).glom().collect());
      assertEquals(3, context.parallelize(NUMBERS).partitions());
      assertEquals(
          List.of(List.of(-2L, -1L), List.of(0L, 1L)), context.range(-2, 2, 2).glom().collect());
      assertEquals(List.of(), context.range(5, 2).collect());
      assertEquals(
          List.of(Long.MIN_VALUE), context.range(Long.MIN_VALUE, Long.MAX_VALUE, 9).take(1));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void keepsThePartitionsOfBothSidesOfAUnion(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<Integer> source = context.parallelize(List.of(1, 2, 3, 4), 2);
      Rdd<Integer> doubled = source.map(n -> n * 2);
      Rdd<Integer> tens = source.map(n -> n * 10);
      Rdd<Integer> union = doubled.union(tens);
      assertEquals(4, union.partitions());
      assertEquals(
          List.of(List.of(2, 4), List.of(6, 8), List.of(10, 20), List.of(30, 40)),
          union.glom().collect());
      assertEquals(List.of(2, 4, 6, 8, 10, 20, 30, 40), union.collect());
      assertEquals(List.of(1, 2, 3, 4, 1, 2, 3, 4), source.union(source).collect());
      assertEquals(List.of(), context.<Integer>union(List.of()).collect());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void putsTheSidesOfAUnionInOrderWhateverIsPlannedFirst(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<Integer> source = context.parallelize(List.of(1, 2, 3, 4), 2);
      // The first side is computed behind an exchange that the second side's source fills.
      Rdd<Integer> distinct = source.map(n -> -n).coalesce(1).distinct().coalesce(1);
      Rdd<Integer> union = distinct.union(source);
      List<Integer> all = union.collect();
      assertEquals(new HashSet<>(List.of(-1, -2, -3, -4)), new HashSet<>(all.subList(0, 4)));
      assertEquals(List.of(1, 2, 3, 4), all.subList(4, 8));
      // Behind another exchange the order is that of the partitions, too.
      assertEquals(all, union.keyBy(n -> 0).partitionBy(Partitioner.hash(2)).values().collect());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void findsDistinctRecords(Engine engine) {
    try (RddContext context = engine.open()) {
      List<String> words = List.of("a", "b", "a", "c", "b", "a", "d");
      List<String> distinct = context.parallelize(words, 3).distinct().collect();
      assertEquals(4, distinct.size());
      assertEquals(new HashSet<>(words), new HashSet<>(distinct));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void givesWholePartitionsAtTheirOwnPace(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<Integer> numbers = context.parallelize(NUMBERS, 4);
      assertEquals(
          List.of(300, 925, 1550, 2175), numbers.mapPartitions(TransformationsTest::sum).collect());
      // Not everything need be read.
      assertEquals(
          List.of(0, 25, 50, 75),
          numbers.mapPartitions(each -> List.of(each.next()).iterator()).collect());
      assertEquals(
          List.of(1200, 3700, 6200, 8700),
          numbers
              .zipPartitions(
                  numbers.map(n -> n * 3),
                  (a, b) -> List.of(sum(a).next() + sum(b).next()).iterator())
              .collect());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void refusesToZipUnequalNumbersOfPartitions(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<Integer> zipped =
          context
              .parallelize(NUMBERS, 2)
              .zipPartitions(context.parallelize(NUMBERS, 3), (a, b) -> a);
      var e = assertThrows(IllegalArgumentException.class, zipped::collect);
      assertTrue(e.getMessage().contains("has 2 partitions"), e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void coalescesNeighbours(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<Integer> numbers = context.parallelize(NUMBERS.subList(0, 10), 10);
      assertEquals(
          List.of(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6, 7, 8, 9)),
          numbers.coalesce(3).glom().collect());
      assertEquals(10, numbers.coalesce(20).partitions());
      assertEquals(NUMBERS.subList(0, 10), numbers.coalesce(20).collect());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void repartitionsEvenlyAndTheSameWayEachTime(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<List<Integer>> spread = context.parallelize(NUMBERS, 2).repartition(5).glom();
      List<List<Integer>> first = spread.collect();
      assertEquals(5, first.size());
      first.forEach(partition -> assertEquals(20, partition.size()));
      List<Integer> all = new ArrayList<>();
      first.forEach(all::addAll);
      assertEquals(new HashSet<>(NUMBERS), new HashSet<>(all));
      assertEquals(first, spread.collect());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void samplesTheSameRecordsForTheSameSeed(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<Long> numbers = context.range(0, 10_000, 4);
      List<Long> once = numbers.sample(false, 0.3, 17).collect();
      assertTrue(Math.abs(once.size() - 3000) < 300, "sampled " + once.size());
      assertEquals(once.size(), new HashSet<>(once).size());
      assertEquals(once, numbers.sample(false, 0.3, 17).collect());
      List<Long> often = numbers.sample(true, 2.5, 17).collect();
      assertTrue(Math.abs(often.size() - 25_000) < 1000, "sampled " + often.size());
      assertEquals(List.of(), numbers.sample(false, 0, 1).collect());
      assertEquals(10_000, numbers.sample(false, 1, 1).count());
      assertThrows(IllegalArgumentException.class, () -> numbers.sample(false, 1.5, 1));
      assertThrows(IllegalArgumentException.class, () -> numbers.sample(true, Double.NaN, 1));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void passesNullsOn(Engine engine) {
    try (RddContext context = engine.open()) {
      List<String> words = Arrays.asList("a", null, "b", null);
      Rdd<String> rdd = context.parallelize(words, 2);
      assertEquals(words, rdd.map(w -> w).collect());
      assertEquals(words, rdd.coalesce(1).collect());
      assertEquals(3, rdd.distinct().count());
      assertEquals(2L, rdd.keyBy(w -> w).countByKey().get(null));
    }
  }

  private static Iterator<Integer> sum(Iterator<Integer> numbers) {
    int sum = 0;
    while (numbers.hasNext()) {
      sum += numbers.next();
    }
    return List.of(sum).iterator();
  }
}
