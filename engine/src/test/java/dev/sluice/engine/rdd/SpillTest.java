package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.JobOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Data that is larger than the memory budget. */
class SpillTest {
  private static final long SMALL_BYTES = 200_000;
  private static final int RECORDS = 30_000;

  private static RddContext open(Engine engine, long memoryBytes) {
    return new RddContext(
        engine.options().jobOptions(JobOptions.DEFAULTS).memoryBytes(memoryBytes));
  }

  private static PairRdd<String, Long> pairs(RddContext context) {
    Random random = new Random(11);
    int[] keys = random.ints(RECORDS, 0, 700).toArray();
    return context.range(0, RECORDS, 6).keyBy(n -> "key " + keys[Math.toIntExact(n)]);
  }

  private static void assertSpilled(RddContext context) {
    assertTrue(context.environment().files().peakBytes() > 0, "nothing was spilled");
    assertEquals(0, context.environment().files().usedBytes(), "files are left");
    assertEquals(0, context.environment().memory().usedBytes(), "memory is left");
  }

  private static <K, V> Map<K, V> map(List<Pair<K, V>> pairs) {
    Map<K, V> map = new HashMap<>();
    pairs.forEach(pair -> assertEquals(null, map.put(pair.key(), pair.value()), "a key twice"));
    return map;
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void groupsAsInMemory(Engine engine) {
    try (RddContext small = open(engine, SMALL_BYTES);
        RddContext large = open(engine, 1 << 30)) {
      assertEquals(
          map(pairs(large).groupByKey(4).collect()), map(pairs(small).groupByKey(4).collect()));
      assertSpilled(small);
      assertEquals(0, large.environment().files().peakBytes());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void keepsTheOrderOfEachKey(Engine engine) {
    try (RddContext context = open(engine, SMALL_BYTES)) {
      List<Pair<String, Iterable<Long>>> groups = pairs(context).groupByKey(3).collect();
      for (Pair<String, Iterable<Long>> group : groups) {
        long last = -1;
        for (long value : group.value()) {
          assertTrue(value > last, group.key() + ": " + value + " after " + last);
          last = value;
        }
      }
      assertSpilled(context);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void reducesJoinsSortsAndRepartitionsAsInMemory(Engine engine) {
    try (RddContext small = open(engine, SMALL_BYTES);
        RddContext large = open(engine, 1 << 30)) {
      // Few equal keys, so that combining before the exchange does not make it small.
      assertEquals(
          map(large.range(0, RECORDS, 4).keyBy(n -> n % 20_000).reduceByKey(Long::sum).collect()),
          map(small.range(0, RECORDS, 4).keyBy(n -> n % 20_000).reduceByKey(Long::sum).collect()));
      assertSpilled(small);
      assertEquals(joined(large), joined(small));
      assertEquals(
          pairs(large).sortByKey(Ordering.natural(), 3).collect(),
          pairs(small).sortByKey(Ordering.natural(), 3).collect());
      assertEquals(
          large.range(0, RECORDS, 4).repartition(3).collect(),
          small.range(0, RECORDS, 4).repartition(3).collect());
      assertEquals(
          large.range(0, RECORDS, 4).coalesce(3).collect(),
          small.range(0, RECORDS, 4).coalesce(3).collect());
      assertEquals(
          large.range(0, RECORDS, 4).union(large.range(0, RECORDS, 4)).distinct().count(),
          small.range(0, RECORDS, 4).union(small.range(0, RECORDS, 4)).distinct().count());
      assertSpilled(small);
    }
  }

  private static List<String> joined(RddContext context) {
    PairRdd<String, Long> pairs = pairs(context);
    return pairs
        .filter(pair -> pair.value() % 3 == 0)
        .leftOuterJoin(pairs.filter(pair -> pair.value() % 100 == 0))
        .map(Object::toString)
        .collect()
        .stream()
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void streamsTheValuesOfAKeyThatIsLargerThanMemory(Engine engine) {
    try (RddContext context = open(engine, SMALL_BYTES)) {
      PairRdd<Integer, Iterable<Long>> one =
          context.range(0, RECORDS, 6).keyBy(n -> 1).groupByKey(2);
      List<String> sums =
          one.map(
                  group -> {
                    long sum = 0;
                    for (long value : group.value()) {
                      sum += value;
                    }
                    // The values can be read again, and in part.
                    Iterator<Long> again = group.value().iterator();
                    return sum + " " + again.next() + " " + again.next();
                  })
              .collect();
      assertEquals(List.of((long) RECORDS * (RECORDS - 1) / 2 + " 0 1"), sums);
      assertSpilled(context);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void copiesLargeGroupsThatLeaveTheTask(Engine engine) {
    try (RddContext context = open(engine, SMALL_BYTES)) {
      List<Long> all = context.range(0, RECORDS).collect();
      PairRdd<Integer, Iterable<Long>> one =
          context.range(0, RECORDS, 6).keyBy(n -> 1).groupByKey(2);
      assertEquals(List.of(Pair.of(1, all)), one.collect());
      assertEquals(List.of(all), one.values().take(2));
      assertEquals(List.of(all), one.repartition(2).values().collect());
      assertEquals(List.of(all), one.mapPartitions(each -> each).map(Pair::value).collect());
      assertEquals(List.of(all), one.persist(StorageLevel.DISK).values().collect());
      assertEquals(List.of(all), one.values().collect());
      one.unpersist();
      assertSpilled(context);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void saysSoWhenTheValuesOfALargeGroupAreReadTooLate(Engine engine) {
    try (RddContext context = open(engine, SMALL_BYTES)) {
      AtomicReference<Iterable<Long>> kept = new AtomicReference<>();
      context
          .range(0, RECORDS, 6)
          .keyBy(n -> 1)
          .groupByKey(2)
          .foreach(group -> kept.set(group.value()));
      var e = assertThrows(IllegalStateException.class, () -> kept.get().iterator());
      assertTrue(e.getMessage().contains("copy them into a list"), e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void joinsAKeyThatIsLargerThanMemory(Engine engine) {
    try (RddContext context = open(engine, SMALL_BYTES)) {
      PairRdd<Integer, Long> large = context.range(0, RECORDS, 6).keyBy(n -> 1);
      PairRdd<Integer, String> few =
          context.parallelizePairs(List.of(Pair.of(1, "a"), Pair.of(1, "b"), Pair.of(2, "c")));
      assertEquals(2 * RECORDS, large.join(few, 2).count());
      assertEquals(2 * RECORDS + 1, few.leftOuterJoin(large).count());
      assertEquals(2 * RECORDS + 1, large.fullOuterJoin(few).count());
      // Both sides large: 10,000 by 6,000 pairs.
      long pairs =
          large
              .filter(pair -> pair.value() < 10_000)
              .join(large.filter(pair -> pair.value() % 5 == 0), 2)
              .count();
      assertEquals(60_000_000L, pairs);
      assertSpilled(context);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void retriesOverSpilledData(Engine engine) {
    try (RddContext context = open(engine, SMALL_BYTES)) {
      AtomicReference<String> failed = new AtomicReference<>();
      List<Pair<String, Integer>> sizes =
          pairs(context)
              .groupByKey(4)
              .map(
                  group -> {
                    if (failed.compareAndSet(null, group.key())) {
                      throw new IllegalStateException("once");
                    }
                    List<Long> values = new ArrayList<>();
                    group.value().forEach(values::add);
                    return Pair.of(group.key(), values.size());
                  })
              .collect();
      assertEquals(RECORDS, sizes.stream().mapToInt(Pair::value).sum());
      assertEquals(map(sizes).size(), sizes.size());
      assertSpilled(context);
    }
  }
}
