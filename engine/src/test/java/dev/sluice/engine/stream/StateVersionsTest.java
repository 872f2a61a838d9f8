package dev.sluice.engine.stream;

import static dev.sluice.engine.stream.StreamBed.at;
import static dev.sluice.engine.stream.StreamBed.collect;
import static dev.sluice.engine.stream.StreamBed.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.PairRdd;
import dev.sluice.engine.rdd.Rdd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drawn batches, compared with a model: values, removals, timeouts, tasks that are tried again. */
class StateVersionsTest {
  private static final int BATCHES = 60;
  private static final int REMEMBERED = 4;

  /** What a seed draws. */
  private static final class Drawn {
    private final Random random;
    private final long timeoutMs;
    private final List<Pair<Object, Long>> initial = new ArrayList<>();
    private final List<List<Pair<Object, Long>>> batches = new ArrayList<>();
    private final StateModel.Sums sums = new StateModel.Sums(40);
    private long number;

    Drawn(long seed) {
      random = new Random(seed);
      timeoutMs = random.nextInt(5) == 0 ? 0 : 500 + 100L * random.nextInt(80);
      IntStream.range(0, 40).forEach(i -> initial.add(Pair.of(key(i), i * 5L + 1)));
      for (int b = 0; b < BATCHES; b++) {
        int records = random.nextInt(4) == 0 ? 0 : random.nextInt(12);
        batches.add(IntStream.range(0, records).mapToObj(i -> record()).toList());
      }
    }

    private Pair<Object, Long> record() {
      number += 1 + random.nextInt(3);
      return Pair.of(key(random.nextInt(64)), number);
    }

    /** Strings with equal hash codes, some null, and keys that stand for their bytes. */
    private static Object key(int n) {
      if (n == 7) {
        return null;
      }
      StringBuilder text = new StringBuilder();
      for (int bit = 0; bit < 5; bit++) {
        text.append((n >> bit & 1) == 0 ? "Aa" : "BB");
      }
      return n < 32 ? text.toString() : List.of(n % 32, text.toString());
    }

    StateSpec<Object, Long, Long, String> spec() {
      StateSpec<Object, Long, Long, String> spec = StateSpec.<Object, Long, Long, String>of(sums);
      return timeoutMs == 0 ? spec : spec.withTimeout(Duration.ofMillis(timeoutMs));
    }

    StateModel model() {
      StateModel model = new StateModel(timeoutMs);
      initial.forEach(pair -> model.put(pair.key(), pair.value(), at(0)));
      return model;
    }
  }

  /** A context whose tasks may fail often, with its clock at the end of batch {@code completed}. */
  private static StreamBed bed(int workers, int completed) {
    StreamBed bed =
        new StreamBed(
            StreamBed.options(),
            engine ->
                engine.workers(workers).jobOptions(JobOptions.DEFAULTS.withMaxTaskAttempts(20)));
    bed.clock.advance(completed * StreamBed.BATCH_MS);
    return bed;
  }

  private static <K, V> Map<K, V> map(List<Pair<K, V>> pairs) {
    Map<K, V> map = new HashMap<>();
    pairs.forEach(pair -> assertEquals(null, map.put(pair.key(), pair.value()), "key twice"));
    return map;
  }

  private static <T> List<T> copied(Codec<Object> codec, List<T> records) throws IOException {
    List<T> copies = new ArrayList<>();
    for (T each : records) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      codec.encode(each, bytes);
      @SuppressWarnings("unchecked")
      T copy = (T) codec.decode(new ByteArrayInputStream(bytes.toByteArray()));
      copies.add(copy);
    }
    return copies;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreeWithTheModel(long seed) {
    Drawn drawn = new Drawn(seed);
    try (StreamBed bed = bed(1 + (int) seed % 3, 0)) {
      PairRdd<Object, Long> initial = bed.context.rdds().parallelizePairs(drawn.initial, 3);
      MappedStates<Object, Long, String> states =
          PairDStream.of(bed.input(drawn.batches)).mapWithState(drawn.spec().withInitial(initial));
      Map<Long, List<String>> mapped = collect(states.mapped());
      Map<Long, List<String>> recent = collect(states.mapped().window(seconds(3)));
      PairDStream<Object, Long> snapshots = states.stateSnapshots().remember(seconds(REMEMBERED));
      Map<Long, List<Pair<Object, Long>>> earlier = collect(snapshots.previous(2));
      bed.start();
      bed.batches(BATCHES);
      assertFalse(drawn.sums.failed().isEmpty(), "no task was tried again");
      StateModel model = drawn.model();
      List<List<String>> expected = new ArrayList<>();
      List<Map<Object, Long>> versions = new ArrayList<>(List.of(Map.of(), Map.of()));
      for (int b = 1; b <= BATCHES; b++) {
        String when = "seed " + seed + " timeout " + drawn.timeoutMs + " batch " + b;
        expected.add(model.batch(at(b), drawn.batches.get(b - 1)));
        versions.add(model.states());
        assertEquals(expected.get(b - 1), mapped.get((long) b).stream().sorted().toList(), when);
        assertEquals(versions.get(b - 1), map(earlier.get((long) b)), when);
        assertEquals(
            expected.subList(Math.max(0, b - 3), b).stream()
                .flatMap(List::stream)
                .sorted()
                .toList(),
            recent.get((long) b).stream().sorted().toList(),
            when);
      }
      List<Rdd<Pair<Object, Long>>> kept = snapshots.slice(at(BATCHES - 3), at(BATCHES));
      for (int i = 0; i < REMEMBERED; i++) {
        assertEquals(versions.get(versions.size() - REMEMBERED + i), map(kept.get(i).collect()));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void goOnAsTheyWereAfterTheyAreSavedAndRestored(long seed) throws Exception {
    Drawn drawn = new Drawn(seed);
    int until = 1 + drawn.random.nextInt(BATCHES - 1);
    StateModel model = drawn.model();
    List<Pair<Object, Pair<Long, Long>>> saved;
    try (StreamBed bed = bed(1 + (int) seed % 3, 0)) {
      PairRdd<Object, Long> initial = bed.context.rdds().parallelizePairs(drawn.initial, 3);
      MappedStates<Object, Long, String> states =
          PairDStream.of(bed.input(drawn.batches)).mapWithState(drawn.spec().withInitial(initial));
      collect(states.mapped());
      bed.start();
      bed.batches(until);
      for (int b = 1; b <= until; b++) {
        model.batch(at(b), drawn.batches.get(b - 1));
      }
      Node<Pair<Object, Pair<Long, Long>>> node = states.states();
      List<?> written = node.computation().saved(node.existing(at(until))).collect();
      @SuppressWarnings("unchecked")
      List<Pair<Object, Pair<Long, Long>>> read =
          (List<Pair<Object, Pair<Long, Long>>>) copied(bed.context.rdds().codec(), written);
      saved = read;
    }
    try (StreamBed bed = bed(3 - (int) seed % 3, until)) {
      MappedStates<Object, Long, String> states =
          PairDStream.of(bed.input(drawn.batches.subList(until, BATCHES)))
              .mapWithState(drawn.spec());
      Map<Long, List<String>> mapped = collect(states.mapped());
      Map<Long, List<Pair<Object, Long>>> snapshots = collect(states.stateSnapshots());
      Node<Pair<Object, Pair<Long, Long>>> node = states.states();
      Rdd<Pair<Object, Pair<Long, Long>>> rdd = bed.context.rdds().parallelize(saved, 4);
      node.put(at(until), node.computation().restored(rdd, at(until)));
      assertEquals(map(saved), map(node.existing(at(until)).collect()));
      bed.start();
      bed.batches(BATCHES - until);
      for (long b = until + 1L; b <= BATCHES; b++) {
        String when = "seed " + seed + " restored at " + until + " batch " + b;
        List<String> expected = model.batch(at(b), drawn.batches.get((int) b - 1));
        assertEquals(expected, mapped.get(b).stream().sorted().toList(), when);
        assertEquals(model.states(), map(snapshots.get(b)), when);
      }
    }
  }
}
