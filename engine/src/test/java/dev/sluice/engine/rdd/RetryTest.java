package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.engine.exec.JobOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks that fail at their first attempt. */
class RetryTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 60).boxed().toList();

  /** Fails once for each number whose turn it is, after others have passed. */
  private static final class FailsOnce implements Function1<Integer, Integer> {
    private static final long serialVersionUID = 1L;
    private final Set<Integer> failed = ConcurrentHashMap.newKeySet();

    @Override
    public Integer apply(Integer n) {
      if (n % 20 == 17 && failed.add(n)) {
        throw new IllegalStateException("once for " + n);
      }
      return n;
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void countNothingTwice(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<Integer> source = context.parallelize(NUMBERS, 3);
      assertEquals(NUMBERS, source.map(new FailsOnce()).collect());
      assertEquals(60, source.map(new FailsOnce()).count());
      assertEquals(1770, source.map(new FailsOnce()).reduce(Integer::sum));
      assertEquals(List.of(0, 1), source.map(new FailsOnce()).take(2));
      assertEquals(
          NUMBERS,
          source
              .map(new FailsOnce())
              .aggregate(
                  ArrayList<Integer>::new,
                  (list, n) -> {
                    list.add(n);
                    return list;
                  },
                  (list, more) -> {
                    list.addAll(more);
                    return list;
                  }));
      assertEquals(NUMBERS, source.coalesce(2).map(new FailsOnce()).collect());
      assertEquals(
          new HashSet<>(NUMBERS),
          new HashSet<>(source.map(new FailsOnce()).repartition(2).collect()));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void mergeAccumulatorsThatAreChangedInPlace(Engine engine) {
    // A failure behind the merge: the retry meets the accumulators that were sent.
    EngineOptions options = engine.options().jobOptions(JobOptions.DEFAULTS);
    try (RddContext context = new RddContext(options)) {
      FailsOnce behind = new FailsOnce();
      Map<Integer, List<Integer>> lists = new HashMap<>();
      for (Pair<Integer, ArrayList<Integer>> pair :
          context
              .parallelize(NUMBERS, 6)
              .keyBy(n -> n % 20)
              .combineByKey(
                  n -> new ArrayList<>(List.of(n)),
                  (list, n) -> {
                    list.add(n);
                    return list;
                  },
                  (list, more) -> {
                    list.addAll(more);
                    return list;
                  },
                  4)
              .filter(pair -> behind.apply(pair.key()) >= 0)
              .collect()) {
        lists.put(pair.key(), pair.value());
      }
      Map<Integer, List<Integer>> expected = new HashMap<>();
      NUMBERS.forEach(n -> expected.computeIfAbsent(n % 20, k -> new ArrayList<>()).add(n));
      assertEquals(expected, lists);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void mergeAccumulatorsWhenTheMergeReturnsItsSecondArgument(Engine engine) {
    EngineOptions options = engine.options().jobOptions(JobOptions.DEFAULTS);
    try (RddContext context = new RddContext(options)) {
      FailsOnce behind = new FailsOnce();
      // The accumulator of the first partition is empty, so the second one's becomes the first.
      List<ArrayList<Integer>> lists =
          context
              .parallelize(NUMBERS, 6)
              .keyBy(n -> 17)
              .combineByKey(
                  n -> new ArrayList<Integer>(n < 10 ? List.of() : List.of(n)),
                  (list, n) -> {
                    if (n >= 10) {
                      list.add(n);
                    }
                    return list;
                  },
                  (list, more) -> {
                    if (list.isEmpty()) {
                      return more;
                    }
                    list.addAll(more);
                    return list;
                  },
                  2)
              .filter(pair -> behind.apply(pair.key()) > 0)
              .values()
              .collect();
      assertEquals(List.of(NUMBERS.subList(10, 60)), lists);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void keepBlocksOfSuccessfulAttemptsOnly(Engine engine) {
    try (RddContext context = engine.open()) {
      Rdd<Integer> kept = context.parallelize(NUMBERS, 3).persist();
      FailsOnce behind = new FailsOnce();
      assertEquals(NUMBERS, kept.map(behind).collect());
      assertEquals(NUMBERS, kept.collect());
      kept.unpersist();
      assertEquals(0, context.environment().memory().usedBytes());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void leaveNothingWhenTheJobFails(Engine engine) {
    for (StorageLevel level : StorageLevel.values()) {
      try (RddContext context = engine.open()) {
        Rdd<Integer> broken =
            context
                .parallelize(NUMBERS, 3)
                .persist(level)
                .keyBy(n -> n)
                .groupByKey()
                .map(
                    pair -> {
                      throw new IllegalStateException("always");
                    });
        assertThrows(RddException.class, broken::collect);
        for (int p = 0; p < 3; p++) {
          context.blocks().drop(1, p);
        }
        assertEquals(0, context.environment().memory().usedBytes(), level.name());
        assertEquals(0, context.environment().files().usedBytes(), level.name());
      }
    }
  }
}
