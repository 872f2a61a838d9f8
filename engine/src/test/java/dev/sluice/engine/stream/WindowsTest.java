package dev.sluice.engine.stream;

import static dev.sluice.engine.stream.StreamBed.collect;
import static dev.sluice.engine.stream.StreamBed.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.rdd.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows, compared with a model in plain Java on random batches. */
class WindowsTest {
  private static final int BATCHES = 14;

  private static List<List<Integer>> randomBatches(Random random) {
    return IntStream.range(0, BATCHES)
        .mapToObj(b -> random.ints(random.nextInt(6), 0, 5).boxed().toList())
        .toList();
  }

  /** The records of the window of {@code length} batches that ends with batch {@code end}. */
  private static List<Integer> window(List<List<Integer>> batches, int end, int length) {
    List<Integer> records = new ArrayList<>();
    for (int b = Math.max(1, end - length + 1); b <= end; b++) {
      records.addAll(batches.get(b - 1));
    }
    return records;
  }

  private static Map<Integer, Long> counts(List<Integer> records) {
    Map<Integer, Long> counts = new TreeMap<>();
    records.forEach(record -> counts.merge(record, 1L, Long::sum));
    return counts;
  }

  private static <K, V> Map<K, V> map(List<Pair<K, V>> pairs) {
    Map<K, V> map = new TreeMap<>();
    pairs.forEach(pair -> assertEquals(null, map.put(pair.key(), pair.value()), "key twice"));
    return map;
  }

  private static List<Integer> sorted(List<Integer> records) {
    return records.stream().sorted().toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreeWithTheModel(long seed) {
    Random random = new Random(seed);
    int slide = 1 + random.nextInt(3);
    int length = slide * (1 + random.nextInt(3)) + (random.nextBoolean() ? 1 : 0);
    Duration window = seconds(length);
    Duration each = seconds(slide);
    List<List<Integer>> batches = randomBatches(random);
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(batches);
      PairDStream<Integer, Long> ones = in.mapToPair(n -> Pair.of(n, 1L));
      Map<Long, List<Integer>> all = collect(in.window(window, each));
      Map<Long, List<Integer>> sums = collect(in.reduceByWindow(Integer::sum, window, each));
      Map<Long, List<Integer>> slid =
          collect(in.reduceByWindow(Integer::sum, (a, b) -> a - b, window, each));
      Map<Long, List<Long>> count = collect(in.countByWindow(window, each));
      Map<Long, List<Pair<Integer, Long>>> byValue =
          collect(in.countByValueAndWindow(window, each));
      Map<Long, List<Pair<Integer, Long>>> plain =
          collect(ones.reduceByKeyAndWindow(Long::sum, window, each));
      Map<Long, List<Pair<Integer, Long>>> grouped =
          collect(
              ones.groupByKeyAndWindow(window, each)
                  .mapValues(
                      values -> {
                        long n = 0;
                        for (Long value : values) {
                          n += value;
                        }
                        return n;
                      }));
      bed.start();
      bed.batches(BATCHES);
      Map<Long, String> model = new LinkedHashMap<>();
      for (int end = slide; end <= BATCHES; end += slide) {
        long b = end;
        List<Integer> records = window(batches, end, length);
        Map<Integer, Long> counts = counts(records);
        int sum = records.stream().mapToInt(n -> n).sum();
        String at = "seed " + seed + " batch " + end + " of " + batches;
        assertEquals(sorted(records), sorted(all.get(b)), at);
        assertEquals(records.isEmpty() ? List.of() : List.of(sum), sums.get(b), at);
        assertEquals(sum, slid.get(b).stream().mapToInt(n -> n).sum(), at);
        assertEquals(List.of((long) records.size()), count.get(b), at);
        assertEquals(counts, map(byValue.get(b)), at);
        assertEquals(counts, map(plain.get(b)), at);
        assertEquals(counts, map(grouped.get(b)), at);
        model.put(b, at);
      }
      assertEquals(model.keySet(), all.keySet());
      assertEquals(model.keySet(), slid.keySet());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13})
  void ofWindowsAgreeWithTheModel(long seed) {
    List<List<Integer>> batches = randomBatches(new Random(seed));
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> twice =
          bed.input(batches).window(seconds(3), seconds(2)).window(seconds(4), seconds(4));
      Map<Long, List<Integer>> seen = collect(twice);
      bed.start();
      bed.batches(BATCHES);
      for (int end = 4; end <= BATCHES; end += 4) {
        List<Integer> expected = new ArrayList<>(window(batches, end, 3));
        expected.addAll(window(batches, end - 2, 3));
        expected.sort(Comparator.naturalOrder());
        assertEquals(expected, sorted(seen.get((long) end)), "seed " + seed + " batch " + end);
      }
      assertEquals(BATCHES / 4, seen.size());
    }
  }

  @ParameterizedTest(name = "window of {0} slides")
  @ValueSource(ints = {2, 10, 60, 600})
  void withAnInverseCallFunctionsAsOftenForLongOnesAsForShortOnes(int ratio) {
    AtomicLong calls = new AtomicLong();
    int keys = 5;
    int measured = 10;
    List<List<Integer>> batches =
        IntStream.range(0, ratio + measured + 1)
            .mapToObj(b -> IntStream.range(0, keys).boxed().toList())
            .toList();
    try (StreamBed bed = new StreamBed()) {
      PairDStream<Integer, Long> sums =
          bed.input(batches)
              .mapToPair(n -> Pair.of(n, 1L))
              .reduceByKeyAndWindow(
                  (a, b) -> {
                    calls.incrementAndGet();
                    return a + b;
                  },
                  (a, b) -> {
                    calls.incrementAndGet();
                    return a - b;
                  },
                  seconds(ratio),
                  seconds(1));
      Map<Long, List<Pair<Integer, Long>>> seen = collect(sums);
      bed.start();
      bed.batches(ratio + 1);
      long before = calls.get();
      bed.batches(measured);
      assertEquals(2L * keys * measured, calls.get() - before, "one in and one out for each key");
      assertTrue(
          seen.get(ratio + 5L).stream().allMatch(pair -> pair.value() == ratio), seen::toString);
    }
  }

  @Test
  void withAnInverseAndAFilterForgetKeysThatHaveLeft() {
    try (StreamBed bed = new StreamBed()) {
      Map<Long, List<Pair<Integer, Long>>> seen =
          collect(
              bed.input(List.of(List.of(1), List.of(2)))
                  .countByValueAndWindow(seconds(2), seconds(1)));
      bed.start();
      bed.batches(4);
      assertEquals(Map.of(1, 1L, 2, 1L), map(seen.get(2L)));
      assertEquals(Map.of(2, 1L), map(seen.get(3L)));
      assertEquals(List.of(), seen.get(4L));
    }
  }
}
