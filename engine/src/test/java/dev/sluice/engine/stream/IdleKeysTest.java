package dev.sluice.engine.stream;

import static dev.sluice.engine.stream.StreamBed.collect;
import static dev.sluice.engine.stream.StreamBed.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.KryoCodec;
import dev.sluice.engine.rdd.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys without values cost nothing. */
class IdleKeysTest {
  private static final int IDLE = 20_000;

  /** Keys that stand for their bytes; counts how often the codec is asked anything. */
  private record Counting(KeyCodec<Object> codec, AtomicLong calls) implements KeyCodec<Object> {
    @Override
    public boolean consistentWithEquals(Object key) {
      calls.incrementAndGet();
      return false;
    }

    @Override
    public void encode(Object value, OutputStream out) throws IOException {
      calls.incrementAndGet();
      codec.encode(value, out);
    }

    @Override
    public Object decode(InputStream in) throws IOException {
      calls.incrementAndGet();
      return codec.decode(in);
    }
  }

  /** A key that counts how often it is looked at. */
  private record Watched(int number, AtomicLong looks) {
    @Override
    public boolean equals(Object other) {
      looks.incrementAndGet();
      return other instanceof Watched that && number == that.number;
    }

    @Override
    public int hashCode() {
      looks.incrementAndGet();
      return number;
    }
  }

  /** Trusts the equality of keys. */
  private record Trusting(KeyCodec<Object> codec) implements KeyCodec<Object> {
    @Override
    public boolean consistentWithEquals(Object key) {
      return true;
    }

    @Override
    public void encode(Object value, OutputStream out) throws IOException {
      codec.encode(value instanceof Watched key ? key.number() : value, out);
    }

    @Override
    public Object decode(InputStream in) throws IOException {
      return codec.decode(in);
    }
  }

  private static String count(Object key, Optional<Integer> value, State<Integer> state) {
    if (!state.isTimingOut()) {
      state.update((state.exists() ? state.get() : 0) + value.orElseThrow());
    }
    return state.isTimingOut() ? "out" : "in";
  }

  /** What is counted in each batch; the first sets all states, then come ten keys in each. */
  private static <K> List<Long> costs(
      KeyCodec<Object> codec,
      List<K> keys,
      AtomicLong counter,
      List<Map<Long, List<String>>> seen) {
    List<List<Pair<K, Integer>>> batches = new ArrayList<>();
    batches.add(keys.stream().map(key -> Pair.of(key, 1)).toList());
    for (int b = 0; b < 4; b++) {
      batches.add(keys.subList(b * 10, b * 10 + 10).stream().map(key -> Pair.of(key, 1)).toList());
    }
    List<Long> costs = new ArrayList<>();
    Codec<Object> values = KryoCodec.values(List.of(Pair.class));
    try (StreamBed bed =
        new StreamBed(StreamBed.options(), engine -> engine.codec(values, codec))) {
      MappedStates<K, Integer, String> states =
          PairDStream.of(bed.input(batches))
              .mapWithState(
                  StateSpec.<K, Integer, Integer, String>of(IdleKeysTest::count)
                      .withTimeout(seconds(5)));
      seen.add(collect(states.mapped()));
      states.stateSnapshots().foreachRDD((rdd, timeMs) -> rdd.partitions());
      bed.start();
      for (int b = 1; b <= 7; b++) {
        long before = counter.get();
        bed.batches(1);
        costs.add(counter.get() - before);
      }
    }
    return costs;
  }

  private static void check(List<Long> costs, Map<Long, List<String>> mapped) {
    assertTrue(costs.get(0) >= IDLE, "all keys are looked at when they come: " + costs);
    // Some calls are made for the sizes of what is kept.
    assertTrue(costs.subList(1, 5).stream().allMatch(n -> n <= 200), "ten keys cost " + costs);
    assertEquals(List.of(10, 10, 10, 10), sizes(mapped, 2, 5));
    // All but those with values since time out in the sixth batch, then ten in each.
    assertEquals(List.of(IDLE - 40, 10), sizes(mapped, 6, 7));
    assertTrue(costs.get(6) <= 200, "ten timeouts cost " + costs);
  }

  private static List<Integer> sizes(Map<Long, List<String>> mapped, long from, long to) {
    return Stream.iterate(from, b -> b <= to, b -> b + 1).map(b -> mapped.get(b).size()).toList();
  }

  @Test
  void areNotEncoded() {
    AtomicLong calls = new AtomicLong();
    List<Map<Long, List<String>>> seen = new ArrayList<>();
    List<Integer> keys = IntStream.range(0, IDLE).boxed().toList();
    List<Long> costs = costs(new Counting(KryoCodec.keys(List.of()), calls), keys, calls, seen);
    check(costs, seen.get(0));
  }

  @Test
  void areNotCompared() {
    AtomicLong looks = new AtomicLong();
    List<Map<Long, List<String>>> seen = new ArrayList<>();
    List<Watched> keys = IntStream.range(0, IDLE).mapToObj(n -> new Watched(n, looks)).toList();
    List<Long> costs = costs(new Trusting(KryoCodec.keys(List.of())), keys, looks, seen);
    check(costs, seen.get(0));
  }
}
