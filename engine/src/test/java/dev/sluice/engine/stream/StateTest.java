package dev.sluice.engine.stream;

import static dev.sluice.engine.stream.StreamBed.collect;
import static dev.sluice.engine.stream.StreamBed.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.rdd.DatasetReleasedException;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.Rdd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State by key. */
class StateTest {
  private static final int TIMEOUT = 3;

  private static <K, V> Map<K, V> map(List<Pair<K, V>> pairs) {
    Map<K, V> map = new TreeMap<>();
    pairs.forEach(pair -> assertEquals(null, map.put(pair.key(), pair.value()), "key twice"));
    return map;
  }

  private static String count(String key, Optional<Integer> value, State<Integer> state) {
    if (state.isTimingOut()) {
      return key + " out at " + state.get();
    }
    int sum = (state.exists() ? state.get() : 0) + value.orElseThrow();
    if (sum % 7 == 0) {
      if (state.exists()) {
        state.remove();
      }
      return key + " gone";
    }
    state.update(sum);
    return key + "=" + sum;
  }

  /** The same in plain Java, on one map. */
  private static final class Model {
    private final Map<String, Integer> sums = new TreeMap<>();
    private final Map<String, Integer> last = new TreeMap<>();

    List<String> batch(int number, List<Pair<String, Integer>> records) {
      List<String> mapped = new ArrayList<>();
      for (Pair<String, Integer> record : records) {
        int sum = sums.getOrDefault(record.key(), 0) + record.value();
        if (sum % 7 == 0) {
          sums.remove(record.key());
          mapped.add(record.key() + " gone");
        } else {
          sums.put(record.key(), sum);
          mapped.add(record.key() + "=" + sum);
        }
        last.put(record.key(), number);
      }
      for (String key : List.copyOf(sums.keySet())) {
        if (number - last.get(key) >= TIMEOUT) {
          mapped.add(key + " out at " + sums.remove(key));
        }
      }
      return mapped.stream().sorted().toList();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void mappedWithStateAgreesWithTheModel(long seed) {
    Random random = new Random(seed);
    List<List<Pair<String, Integer>>> batches =
        IntStream.range(0, 20)
            .mapToObj(
                b ->
                    IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> Pair.of("k" + random.nextInt(4), 1 + random.nextInt(3)))
                        .toList())
            .toList();
    try (StreamBed bed = new StreamBed()) {
      MappedStates<String, Integer, String> states =
          PairDStream.of(bed.input(batches))
              .mapWithState(
                  StateSpec.<String, Integer, Integer, String>of(StateTest::count)
                      .withTimeout(seconds(TIMEOUT)));
      Map<Long, List<String>> mapped = collect(states.mapped());
      Map<Long, List<Pair<String, Integer>>> snapshots = collect(states.stateSnapshots());
      bed.start();
      bed.batches(batches.size());
      Model model = new Model();
      for (int b = 1; b <= batches.size(); b++) {
        String at = "seed " + seed + " batch " + b + " of " + batches;
        List<String> expected = model.batch(b, batches.get(b - 1));
        assertEquals(expected, mapped.get((long) b).stream().sorted().toList(), at);
        assertEquals(model.sums, map(snapshots.get((long) b)), at);
      }
    }
  }

  @Test
  void timesOutInItsBatchWithoutData() {
    try (StreamBed bed = new StreamBed()) {
      Map<Long, List<String>> mapped =
          collect(
              PairDStream.of(bed.input(List.of(List.of(Pair.of("a", 1)))))
                  .mapWithState(
                      StateSpec.<String, Integer, Integer, String>of(StateTest::count)
                          .withTimeout(seconds(2)))
                  .mapped());
      bed.start();
      bed.batches(4);
      assertEquals(
          Map.of(1L, List.of("a=1"), 2L, List.of(), 3L, List.of("a out at 1"), 4L, List.of()),
          mapped);
    }
  }

  @Test
  void startsWithInitialStates() {
    try (StreamBed bed = new StreamBed()) {
      var initial = bed.context.rdds().parallelizePairs(List.of(Pair.of("a", 10)));
      PairDStream<String, Integer> in =
          PairDStream.of(bed.input(List.of(List.of(Pair.of("a", 1), Pair.of("b", 2)))));
      Map<Long, List<Pair<String, Integer>>> mapped =
          collect(
              in.mapWithState(
                      StateSpec.<String, Integer, Integer, String>of(StateTest::count)
                          .withInitial(initial))
                  .stateSnapshots());
      Map<Long, List<Pair<String, Integer>>> updated =
          collect(
              in.<Integer>updateStateByKey(
                  (values, state) ->
                      Optional.of(state.orElse(0) + values.stream().mapToInt(v -> v).sum()),
                  initial));
      bed.start();
      bed.batches(2);
      assertEquals(Map.of("a", 11, "b", 2), map(mapped.get(2L)));
      assertEquals(Map.of("a", 11, "b", 2), map(updated.get(2L)));
    }
  }

  @Test
  void isUpdatedForEveryKeyAndGoesWithoutAResult() {
    try (StreamBed bed = new StreamBed()) {
      // Counts the batches since a key was seen; gone after two.
      PairDStream<String, Integer> ages =
          PairDStream.of(bed.input(List.of(List.of(Pair.of("a", 1)), List.of(Pair.of("b", 1)))))
              .updateStateByKey(
                  (values, state) ->
                      values.isEmpty() ? state.map(n -> n + 1).filter(n -> n < 3) : Optional.of(0));
      Map<Long, List<Pair<String, Integer>>> seen = collect(ages);
      bed.start();
      bed.batches(5);
      assertEquals(Map.of("a", 0), map(seen.get(1L)));
      assertEquals(Map.of("a", 1, "b", 0), map(seen.get(2L)));
      assertEquals(Map.of("a", 2, "b", 1), map(seen.get(3L)));
      assertEquals(Map.of("b", 2), map(seen.get(4L)));
      assertEquals(Map.of(), map(seen.get(5L)));
    }
  }

  @Test
  void cannotBeChangedWhileItTimesOut() {
    try (StreamBed bed = new StreamBed()) {
      StateFunction<String, Integer, Integer, String> stubborn =
          (key, value, state) -> {
            state.update(1);
            return key;
          };
      collect(
          PairDStream.of(bed.input(List.of(List.of(Pair.of("a", 1)))))
              .mapWithState(
                  StateSpec.<String, Integer, Integer, String>of(stubborn).withTimeout(seconds(1)))
              .mapped());
      bed.start();
      bed.batches(1);
      BatchFailedException e = assertThrows(BatchFailedException.class, () -> bed.batches(1));
      assertTrue(e.getMessage().contains("timing out"), e.getMessage());
    }
  }

  @Test
  void isATypedErrorWhenItWasReleased() {
    try (StreamBed bed = new StreamBed()) {
      AtomicReference<Rdd<Pair<String, Integer>>> first = new AtomicReference<>();
      PairDStream.of(bed.input(List.of(List.of(Pair.of("a", 1)))))
          .<Integer>updateStateByKey((values, state) -> Optional.of(1))
          .foreachRDD((rdd, timeMs) -> first.compareAndSet(null, rdd));
      bed.start();
      bed.batches(1);
      assertEquals(1, first.get().count());
      bed.batches(1);
      DatasetReleasedException e =
          assertThrows(DatasetReleasedException.class, () -> first.get().count());
      assertTrue(e.getMessage().contains("batch " + StreamBed.at(1) + " ms"), e.getMessage());
      assertTrue(e.getMessage().contains("remember"), e.getMessage());
    }
  }

  @Test
  void growsNeitherInLineageNorOnTheHeapWithTheNumberOfBatches() {
    try (StreamBed bed = new StreamBed()) {
      AtomicReference<Rdd<Pair<String, Integer>>> last = new AtomicReference<>();
      PairDStream.of(bed.input(List.of(List.of(Pair.of("a", 1)))))
          .<Integer>updateStateByKey((values, state) -> Optional.of(state.orElse(0) + 1))
          .foreachRDD((rdd, timeMs) -> last.set(rdd));
      bed.start();
      bed.batches(10);
      int stages = last.get().explain().length();
      long bytes = bed.context.rdds().blocks().memoryBytes();
      bed.batches(1_990);
      assertEquals(List.of(Pair.of("a", 2_000)), last.get().collect());
      // A number of a dataset may have more digits by now.
      assertTrue(last.get().explain().length() < stages + 100, last.get().explain());
      // A larger count has a longer encoding.
      long after = bed.context.rdds().blocks().memoryBytes();
      assertTrue(after < 2 * bytes, bytes + " bytes in blocks before, now " + after);
    }
  }
}
