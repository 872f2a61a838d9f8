package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PersistTest {
  private static final int PARTITIONS = 5;
  private static final List<Integer> NUMBERS = IntStream.range(0, 1000).boxed().toList();

  static Stream<Arguments> levels() {
    return Engine.all()
        .flatMap(e -> Stream.of(StorageLevel.values()).map(level -> Arguments.of(e, level)));
  }

  /** Counts how often each partition's first record is computed. */
  private static final class Calls {
    private final ConcurrentHashMap<Integer, AtomicInteger> counts = new ConcurrentHashMap<>();

    Rdd<Integer> counted(RddContext context) {
      return context
          .parallelize(NUMBERS, PARTITIONS)
          .map(
              n -> {
                counts.computeIfAbsent(n / 200, p -> new AtomicInteger()).incrementAndGet();
                return n + 1;
              });
    }

    /** How often each partition was computed. */
    List<Integer> times() {
      return IntStream.range(0, PARTITIONS)
          .mapToObj(p -> counts.getOrDefault(p, new AtomicInteger()).get() / 200)
          .toList();
    }
  }

  private static List<Integer> expected() {
    return NUMBERS.stream().map(n -> n + 1).toList();
  }

  @ParameterizedTest
  @MethodSource("levels")
  void computesOnceWhatItKeeps(Engine engine, StorageLevel level) {
    try (RddContext context = engine.open()) {
      Calls calls = new Calls();
      Rdd<Integer> kept = calls.counted(context).persist(level);
      assertEquals(expected(), kept.collect());
      assertEquals(expected(), kept.collect());
      assertEquals(1000, kept.map(n -> -n).count());
      assertEquals(List.of(1, 1, 1, 1, 1), calls.times());
      assertEquals(level != StorageLevel.DISK, context.environment().memory().usedBytes() > 0);
      assertEquals(level == StorageLevel.DISK, context.environment().files().usedBytes() > 0);
      kept.unpersist();
      assertEquals(0, context.environment().memory().usedBytes());
      assertEquals(0, context.environment().files().usedBytes());
      assertEquals(expected(), kept.collect());
      assertEquals(List.of(2, 2, 2, 2, 2), calls.times());
    }
  }

  @ParameterizedTest
  @MethodSource("levels")
  void computesOnlyLostBlocksAgain(Engine engine, StorageLevel level) {
    try (RddContext context = engine.open()) {
      Calls calls = new Calls();
      Rdd<Integer> kept = calls.counted(context).persist(level);
      kept.count();
      assertTrue(context.blocks().drop(kept.id(), 1));
      assertTrue(context.blocks().drop(kept.id(), 3));
      assertFalse(context.blocks().drop(kept.id(), 3));
      assertFalse(context.blocks().contains(kept.id(), 3));
      assertEquals(expected(), kept.collect());
      assertEquals(List.of(1, 2, 1, 2, 1), calls.times());
      // The order behind an exchange is the same, whether blocks are there or not.
      PairRdd<Integer, Iterable<Integer>> groups = kept.keyBy(n -> n % 7).groupByKey(3);
      List<Pair<Integer, Iterable<Integer>>> before = groups.collect();
      context.blocks().drop(kept.id(), 0);
      context.blocks().drop(kept.id(), 2);
      assertEquals(before, groups.collect());
      assertEquals(List.of(2, 2, 2, 2, 1), calls.times());
    }
  }

  @ParameterizedTest
  @MethodSource("levels")
  void computesOnlyWhatAnActionNeeds(Engine engine, StorageLevel level) {
    try (RddContext context = engine.open()) {
      Calls calls = new Calls();
      Rdd<Integer> kept = calls.counted(context).persist(level);
      assertEquals(List.of(1, 2), kept.take(2));
      assertEquals(List.of(1, 0, 0, 0, 0), calls.times());
      assertTrue(context.blocks().contains(kept.id(), 0));
      assertFalse(context.blocks().contains(kept.id(), 1));
      assertEquals(expected(), kept.collect());
      assertEquals(List.of(1, 1, 1, 1, 1), calls.times());
    }
  }

  @ParameterizedTest
  @MethodSource("levels")
  void isRightWhenMemoryIsTooSmall(Engine engine, StorageLevel level) {
    // The blocks take about 200 records of 70 bytes each.
    for (long memoryBytes : List.of(1L, 1_000L, 20_000L, 40_000L)) {
      try (RddContext context = new RddContext(engine.options().memoryBytes(memoryBytes))) {
        Calls calls = new Calls();
        Rdd<Integer> kept = calls.counted(context).persist(level);
        for (int i = 1; i <= 3; i++) {
          assertEquals(expected(), kept.collect(), level + " in " + memoryBytes);
        }
        List<Integer> times = calls.times();
        if (level == StorageLevel.DISK || level == StorageLevel.MEMORY_AND_DISK) {
          assertEquals(List.of(1, 1, 1, 1, 1), times, level + " in " + memoryBytes);
        } else if (memoryBytes == 1) {
          assertEquals(List.of(3, 3, 3, 3, 3), times, level + " in " + memoryBytes);
        }
        assertTrue(context.environment().memory().peakBytes() <= memoryBytes);
        kept.unpersist();
        assertEquals(0, context.environment().memory().usedBytes());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("levels")
  void evictsWhatWasUsedLongestAgo(Engine engine, StorageLevel level) {
    // Room for two of three Rdds of objects.
    try (RddContext context = new RddContext(engine.options().memoryBytes(200_000))) {
      List<Rdd<Integer>> kept = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        kept.add(new Calls().counted(context).persist(level));
        kept.get(i).count();
      }
      kept.get(0).count();
      kept.add(new Calls().counted(context).persist(level));
      kept.get(2).count();
      if (level == StorageLevel.MEMORY) {
        assertEquals(5, blocks(context, kept.get(0)));
        assertTrue(blocks(context, kept.get(1)) < 5);
        assertEquals(5, blocks(context, kept.get(2)));
      } else {
        kept.forEach(rdd -> assertEquals(5, blocks(context, rdd)));
      }
      assertTrue(context.blocks().memoryBytes() <= 200_000);
      kept.forEach(rdd -> assertEquals(expected(), rdd.collect()));
    }
  }

  private static int blocks(RddContext context, Rdd<?> rdd) {
    return (int)
        IntStream.range(0, PARTITIONS).filter(p -> context.blocks().contains(rdd.id(), p)).count();
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void makesRoomForExchanges(Engine engine) {
    try (RddContext context = new RddContext(engine.options().memoryBytes(400_000))) {
      Rdd<Integer> kept =
          context.parallelize(NUMBERS, PARTITIONS).persist(StorageLevel.MEMORY_AND_DISK);
      kept.count();
      assertTrue(context.blocks().memoryBytes() > 0);
      Rdd<Long> large = context.range(0, 400_000, 4);
      assertEquals(400_000, large.keyBy(n -> n).groupByKey().count());
      assertEquals(0, context.blocks().memoryBytes(), "blocks went to disk");
      assertEquals(NUMBERS, kept.collect());
    }
  }

  @ParameterizedTest
  @MethodSource("levels")
  void keepsWhatIsBehindAnExchange(Engine engine, StorageLevel level) {
    try (RddContext context = engine.open()) {
      Calls calls = new Calls();
      PairRdd<Integer, Iterable<Integer>> groups =
          calls.counted(context).keyBy(n -> n % 10).groupByKey(4).persist(level);
      List<Pair<Integer, Iterable<Integer>>> all = groups.collect();
      assertEquals(all, groups.collect());
      assertEquals(List.of(1, 1, 1, 1, 1), calls.times());
      context.blocks().drop(groups.id(), 2);
      assertEquals(all, groups.collect());
      assertEquals(List.of(2, 2, 2, 2, 2), calls.times());
      assertEquals(all, groups.collect());
      assertEquals(List.of(2, 2, 2, 2, 2), calls.times());
    }
  }

  @ParameterizedTest
  @MethodSource("levels")
  void keepsUnionsCoalescedAndSortedPartitions(Engine engine, StorageLevel level) {
    try (RddContext context = engine.open()) {
      Rdd<Integer> numbers = new Calls().counted(context);
      List<Rdd<Integer>> kept =
          List.of(
              numbers.union(numbers.map(n -> -n)),
              numbers.coalesce(2),
              numbers.keyBy(n -> -n).sortByKey().values(),
              numbers.mapPartitions(each -> each),
              numbers.repartition(3));
      for (Rdd<Integer> rdd : kept) {
        List<Integer> before = rdd.collect();
        rdd.persist(level);
        assertEquals(before, rdd.collect());
        context.blocks().drop(rdd.id(), 1);
        assertEquals(before, rdd.collect());
        assertEquals(before, rdd.collect());
        assertEquals(before.size() * 2L, rdd.union(rdd).count());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void refusesAnotherLevel(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<Integer> kept = context.parallelize(NUMBERS).persist();
      kept.persist(StorageLevel.MEMORY);
      var e = assertThrows(IllegalStateException.class, () -> kept.persist(StorageLevel.DISK));
      assertTrue(e.getMessage().contains("parallelize#1 is persisted at MEMORY"), e.getMessage());
      kept.unpersist().persist(StorageLevel.DISK);
    }
  }
}
