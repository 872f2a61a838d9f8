package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.plan.Output;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What partitions leave for the next time. */
class CarryTest {

  /** Leaves how many values each key has had, and emits it for the keys that it visits. */
  private record Counting() implements Carrying<String, Integer, String, Map<Object, Integer>> {
    @Override
    public Visits<String, Integer, Map<Object, Integer>> open(
        Map<Object, Integer> before, Output<String> out) {
      Map<Object, Integer> counts = new HashMap<>(before);
      return new Visits<>() {
        @Override
        public void visit(Object identity, String key, Iterable<Integer> values) {
          values.forEach(value -> counts.merge(identity, 1, Integer::sum));
          out.emit(key + "=" + counts.get(identity));
        }

        @Override
        public Map<Object, Integer> finish() {
          return Collections.unmodifiableMap(counts);
        }
      };
    }
  }

  private static List<Map<Object, Integer>> nothing(int partitions) {
    return Collections.nCopies(partitions, Map.of());
  }

  private static PairRdd<String, Integer> values(RddContext context, String... keys) {
    List<Pair<String, Integer>> pairs = new ArrayList<>();
    for (String key : keys) {
      pairs.add(Pair.of(key, pairs.size()));
    }
    return context.parallelizePairs(pairs, 2);
  }

  private static Map<Object, Integer> all(List<Map<Object, Integer>> left) {
    Map<Object, Integer> all = new TreeMap<>();
    left.forEach(of -> of.forEach((key, n) -> assertEquals(null, all.put(key, n), "key twice")));
    return all;
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void goesOnWhereTheLastOneEnded(Engine engine) {
    try (RddContext context = engine.open()) {
      var first = values(context, "a", "b", "a", "c").carry(nothing(5), new Counting());
      var second = values(context, "c", "d", "a").carry(first.left(), new Counting());
      assertEquals(Map.of("a", 2, "b", 1, "c", 1), all(first.left()));
      assertEquals(Map.of("a", 3, "b", 1, "c", 2, "d", 1), all(second.left()));
      assertEquals(Set.of("a=3", "c=2", "d=1"), Set.copyOf(second.records().rdd().collect()));
      assertEquals(5, second.records().rdd().partitions());
      var none = values(context).carry(second.left(), new Counting());
      assertEquals(all(second.left()), all(none.left()));
      assertEquals(List.of(), none.records().rdd().collect());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void countsAttemptsThatSucceedOnly(Engine engine) {
    Set<String> failed = ConcurrentHashMap.newKeySet();
    Carrying<String, Integer, String, Map<Object, Integer>> failing =
        (before, out) -> {
          var counting = new Counting().open(before, out);
          return new Carrying.Visits<>() {
            @Override
            public void visit(Object identity, String key, Iterable<Integer> values)
                throws Exception {
              counting.visit(identity, key, values);
              fail("at " + key);
            }

            @Override
            public Map<Object, Integer> finish() throws Exception {
              fail("behind " + before);
              return counting.finish();
            }

            private void fail(String where) {
              if (failed.add(where)) {
                throw new IllegalStateException("once " + where);
              }
            }
          };
        };
    EngineOptions options = engine.options().jobOptions(JobOptions.DEFAULTS.withMaxTaskAttempts(9));
    try (RddContext context = new RddContext(options)) {
      var carried = values(context, "a", "b", "a", "c").carry(nothing(2), failing);
      assertEquals(Map.of("a", 2, "b", 1, "c", 1), all(carried.left()));
      assertEquals(Set.of("a=2", "b=1", "c=1"), Set.copyOf(carried.records().rdd().collect()));
      assertEquals(3, carried.records().rdd().count());
    }
  }

  @Test
  void readsGroupsThatDoNotFit() {
    try (RddContext context = new RddContext(new EngineOptions().workers(2).memoryBytes(1 << 16))) {
      var carried =
          context
              .parallelize(IntStream.range(0, 40_000).boxed().toList(), 4)
              .<String, Integer>mapToPair(n -> Pair.of(n % 2 == 0 ? "even" : "k" + n % 1_001, n))
              .carry(nothing(3), new Counting());
      Map<Object, Integer> all = all(carried.left());
      assertEquals(1_002, all.size());
      assertEquals(20_000, all.get("even"));
      assertEquals(1_002, carried.records().rdd().count());
    }
  }

  @Test
  void leavesNothingBehindWhenItFailsOrIsReleased() {
    try (RddContext context = new RddContext(new EngineOptions().workers(2))) {
      Carrying<String, Integer, String, Boolean> bad =
          (before, out) -> {
            throw new IllegalArgumentException("bad");
          };
      RddException e =
          assertThrows(
              RddException.class, () -> values(context, "a").carry(List.of(true, true), bad));
      assertEquals("bad", e.getCause().getMessage());
      assertEquals(0, context.blocks().memoryBytes());
      var carried = values(context, "a").carry(nothing(1), new Counting());
      carried.records().release("gone");
      assertEquals(0, context.blocks().memoryBytes());
      DatasetReleasedException gone =
          assertThrows(DatasetReleasedException.class, () -> carried.records().rdd().collect());
      assertEquals("gone", gone.getMessage());
    }
  }
}
