package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActionsTest {
  private static final List<Integer> NUMBERS = IntStream.range(1, 101).boxed().toList();

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void countsReducesFoldsAndAggregates(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<Integer> numbers = context.parallelize(NUMBERS, 7);
      assertEquals(100, numbers.count());
      assertEquals(5050, numbers.reduce(Integer::sum));
      assertEquals(5050, numbers.fold(0, Integer::sum));
      Rdd<String> words = numbers.map(String::valueOf);
      String joined = String.join("", words.collect());
      // Associative, but not commutative: partitions are combined in order.
      assertEquals(joined, words.reduce(String::concat));
      assertEquals(joined, words.fold("", String::concat));
      assertEquals(
          joined,
          words
              .aggregate(
                  StringBuilder::new, StringBuilder::append, (a, b) -> a.append(b.toString()))
              .toString());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void foldsFromACopyOfTheZero(Engine engine) {
    try (RddContext context = engine.open()) {
      ArrayList<Integer> zero = new ArrayList<>();
      ArrayList<Integer> all =
          context
              .parallelize(NUMBERS, 4)
              .map(n -> new ArrayList<>(List.of(n)))
              .fold(
                  zero,
                  (list, more) -> {
                    list.addAll(more);
                    return list;
                  });
      assertEquals(NUMBERS, all);
      assertEquals(List.of(), zero);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void saysWhenThereIsNothing(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<Integer> none = context.parallelize(NUMBERS, 3).filter(n -> n > 1000);
      assertEquals(List.of(), none.collect());
      assertEquals(0, none.count());
      assertTrue(none.isEmpty());
      assertEquals(0, none.fold(0, Integer::sum));
      assertThrows(NoSuchElementException.class, none::first);
      var e = assertThrows(NoSuchElementException.class, () -> none.reduce(Integer::sum));
      assertTrue(e.getMessage().contains("filter#2"), e.getMessage());
      assertTrue(context.parallelize(List.of()).isEmpty());
      assertFalse(context.parallelize(NUMBERS).isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void callsForEachRecordAndPartition(Engine engine) {
    try (RddContext context = engine.open()) {
      AtomicLong sum = new AtomicLong();
      context.parallelize(NUMBERS, 7).foreach(sum::addAndGet);
      assertEquals(5050, sum.get());
      Set<Integer> firsts = ConcurrentHashMap.newKeySet();
      context.parallelize(NUMBERS, 4).foreachPartition(each -> firsts.add(each.next()));
      assertEquals(Set.of(1, 26, 51, 76), firsts);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void takesFromAsFewPartitionsAsItCan(Engine engine) {
    try (RddContext context = engine.open()) {
      Set<Long> evaluated = ConcurrentHashMap.newKeySet();
      Rdd<Long> numbers =
          context
              .range(0, 100, 20)
              .map(
                  n -> {
                    evaluated.add(n);
                    return n;
                  });
      assertEquals(List.of(0L, 1L), numbers.take(2));
      assertEquals(Set.of(0L, 1L), evaluated);
      assertEquals(0L, numbers.first());
      assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L), numbers.take(7));
      // Partition 0, then those from 1 to 4.
      assertTrue(evaluated.stream().allMatch(n -> n < 25), "evaluated " + evaluated);
      assertEquals(numbers.collect(), numbers.take(1000));
      assertEquals(List.of(), numbers.take(0));
      assertThrows(IllegalArgumentException.class, () -> numbers.take(-1));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void takesFromAnInputWithoutEnd(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<Long> numbers = context.range(0, Long.MAX_VALUE, 2).filter(n -> n % 2 == 1);
      assertEquals(List.of(1L, 3L, 5L), numbers.take(3));
      assertEquals(List.of(1L, 3L, 5L), numbers.union(numbers.map(n -> -n)).take(3));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void takesBehindExchangesAndPulls(Engine engine) {
    try (RddContext context = engine.open()) {
      AtomicInteger calls = new AtomicInteger();
      Rdd<Integer> numbers =
          context
              .parallelize(NUMBERS, 5)
              .map(
                  n -> {
                    calls.incrementAndGet();
                    return n;
                  });
      PairRdd<Integer, Integer> counted =
          numbers.mapToPair(n -> Pair.of(n % 10, n)).reduceByKey(Integer::sum, 4);
      assertEquals(counted.collect().subList(0, 7), counted.take(7));
      assertEquals(200, calls.get(), "an exchange is filled once a take");
      Rdd<Integer> sorted = numbers.keyBy(n -> -n).sortByKey().values();
      assertEquals(List.of(100, 99, 98), sorted.take(3));
      calls.set(0);
      assertEquals(List.of(1, 2), numbers.mapPartitions(each -> each).take(2));
      assertEquals(20, calls.get(), "one partition is enough");
      assertEquals(List.of(1, 2), numbers.coalesce(2).take(2));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void handsTheUsersExceptionToTheCaller(Engine engine) {
    try (RddContext context = engine.open()) {
      IOException own = new IOException("no such luck");
      Rdd<Integer> broken =
          context
              .parallelize(NUMBERS, 3)
              .map(n -> n + 1)
              .map(
                  n -> {
                    if (n == 50) {
                      throw own;
                    }
                    return n;
                  });
      RddException e = assertThrows(RddException.class, broken::count);
      assertSame(own, e.getCause());
      assertEquals("map#3", e.operator());
      assertTrue(e.getMessage().startsWith("map#3 failed: "), e.getMessage());
      IllegalStateException merging = new IllegalStateException("merge");
      RddException driver =
          assertThrows(
              RddException.class,
              () ->
                  context
                      .parallelize(NUMBERS, 3)
                      .aggregate(
                          () -> 0,
                          Integer::sum,
                          (a, b) -> {
                            throw merging;
                          }));
      assertSame(merging, driver.getCause());
      assertEquals("aggregate", driver.operator());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void namesTheOperatorsWhoseFunctionsFail(Engine engine) {
    try (RddContext context = engine.open()) {
      PairRdd<Integer, Integer> pairs = context.parallelize(NUMBERS, 3).keyBy(n -> n % 3);
      assertEquals(
          "mapPartitions#3",
          operatorOf(
              pairs.mapPartitions(
                  each -> {
                    throw new IOException();
                  })));
      assertEquals(
          "reduceByKey#4/combine",
          operatorOf(
              pairs.reduceByKey(
                  (a, b) -> {
                    throw new IOException();
                  })));
      Ordering<Integer> broken =
          (a, b) -> {
            throw new IllegalStateException(a + " and " + b);
          };
      assertEquals("sortByKey#5", operatorOf(pairs.sortByKey(broken)));
      assertEquals(
          "partitionBy#6",
          operatorOf(
              pairs.partitionBy(
                  new Partitioner<>() {
                    @Override
                    public int partitions() {
                      return 2;
                    }

                    @Override
                    public int partition(Integer key) {
                      return 2;
                    }
                  })));
    }
  }

  private static String operatorOf(Rdd<?> rdd) {
    return assertThrows(RddException.class, rdd::collect).operator();
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void namesClassesThatKryoDoesNotKnow(Engine engine) {
    record Unknown(int n) {}
    try (RddContext context = engine.open()) {
      Rdd<Unknown> unknown = context.parallelize(NUMBERS, 3).map(Unknown::new);
      RddException e = assertThrows(RddException.class, unknown.repartition(2)::collect);
      assertTrue(e.getMessage().contains(Unknown.class.getName()), e.getMessage());
      assertTrue(e.getMessage().contains("EngineOptions.register(...)"), e.getMessage());
    }
    try (RddContext context = new RddContext(engine.options().register(Unknown.class))) {
      Rdd<Unknown> known = context.parallelize(NUMBERS, 3).map(Unknown::new);
      assertEquals(100, new HashSet<>(known.repartition(2).collect()).size());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void keepsTheOrderWhateverRunsIt(Engine engine) {
    List<Object> results = new ArrayList<>();
    for (Engine one : Arrays.asList(engine, new Engine("other", 99))) {
      try (RddContext context = one.open()) {
        Rdd<Integer> numbers = context.parallelize(NUMBERS, 8);
        PairRdd<Integer, Integer> pairs = numbers.keyBy(n -> n % 13);
        results.add(
            List.of(
                pairs.groupByKey(3).collect(),
                pairs.join(pairs, 3).take(50),
                numbers.repartition(3).union(numbers).distinct().collect()));
      }
    }
    assertEquals(results.get(0), results.get(1));
  }
}
