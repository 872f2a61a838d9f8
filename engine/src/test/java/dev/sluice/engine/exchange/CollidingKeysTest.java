package dev.sluice.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.Gathered;
import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.exec.TestBed;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Port;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys with equal hashes, which is what groups are sorted by first. */
class CollidingKeysTest {
  private static final int CANDIDATES = 400_000;
  private static final int TASKS = 4;
  private static final int EACH = 1_500;

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private static int hash(byte[] key) {
    return KeyOrder.hash(key, 0, key.length);
  }

  /** Pairs of keys with one hash, and some keys beside them. */
  private static List<String> keys() {
    Map<Integer, String> byHash = new HashMap<>();
    List<String> keys = new ArrayList<>(List.of("a", "b", ""));
    // Drawn, since a checksum keeps apart what differs in neighbouring bits only.
    Random random = new Random(1);
    for (int i = 0; i < CANDIDATES; i++) {
      String key = "a longer key " + random.nextLong();
      String other = byHash.put(hash(bytes(key)), key);
      if (other != null) {
        keys.add(key);
        keys.add(other);
      }
    }
    assertTrue(keys.size() >= 9, "only " + keys);
    return keys;
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.exchange.Beds#all")
  void areKeysOfTheirOwn(Beds beds) throws Exception {
    List<String> keys = keys();
    Program program = new Program();
    Port pairs =
        program.map(
            "key",
            (Integer n) -> new KeyValue(bytes(keys.get(n * 7 % keys.size())), n),
            program.numbers("n", TASKS, EACH));
    Port groups = program.groups("group", new ByteKeys(), Program.VALUES, 2, pairs);
    Node out =
        program.collect(
            "out", program.map("gather", (Group<Object, Object> g) -> Program.gathered(g), groups));
    try (TestBed bed = beds.open()) {
      List<Gathered> gathered = Program.collected(bed.run(program.plan()), out);
      assertEquals(keys.size(), gathered.size());
      for (Gathered group : gathered) {
        String key = new String((byte[]) group.key(), StandardCharsets.UTF_8);
        List<Integer> expected =
            IntStream.range(0, TASKS * EACH)
                .filter(n -> keys.get(n * 7 % keys.size()).equals(key))
                .boxed()
                .toList();
        assertEquals(expected, group.values(), key);
      }
    }
  }

  @Test
  void areSortedByTheirBytesAndKeepTheOrderInWhichTheyCame() {
    String[] keys = {"b", "a", "b", "c", "a", "b", "z"};
    int[] hashes = {5, 5, 5, 5, 5, 5, -3};
    long[] order = new long[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = KeyOrder.entry(hashes[i], i);
    }
    KeyOrder.sort(order, (a, b) -> keys[a].compareTo(keys[b]), number -> 10L * number);
    assertEquals(
        List.of(~60L, ~10L, 40L, ~0L, 20L, 50L, ~30L),
        IntStream.range(0, 7).mapToObj(i -> order[i]).toList());
  }
}
