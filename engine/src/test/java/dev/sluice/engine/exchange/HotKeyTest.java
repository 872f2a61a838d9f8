package dev.sluice.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.Backend;
import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.exec.TestBed;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Port;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Encoded records in memory of which nearly all have one key, more than are sorted at a time. */
class HotKeyTest {
  private static final long MEMORY_BYTES = 120_000_000;
  private static final int TASKS = 2;
  private static final int EACH = 1_500_000;
  private static final int OTHERS = 1_000;

  private static String key(int n) {
    return n % OTHERS == 0 ? "key " + n / OTHERS % OTHERS : "hot";
  }

  /** How many ascending numbers with the key of {@code group} come, each time that one asks. */
  private static KeyValue count(Group<String, Integer> group) {
    int count = 0;
    for (int times = 0; times < 2; times++) {
      int last = -1;
      count = 0;
      for (int n : group.values()) {
        assertEquals(group.key(), key(n));
        assertTrue(n > last, n + " behind " + last);
        last = n;
        count++;
      }
    }
    return new KeyValue(group.key(), count);
  }

  @Test
  void isSortedInPartsAndReadInOrder() throws Exception {
    Program program = new Program();
    Port pairs =
        program.map(
            "key", (Integer n) -> new KeyValue(key(n), n), program.numbers("n", TASKS, EACH));
    Port groups = program.groups("group", Program.KEYS, Program.VALUES, 2, pairs);
    Node out = program.collect("out", program.map("count", HotKeyTest::count, groups));
    try (TestBed bed = Backend.seeded(1).open(MEMORY_BYTES)) {
      List<KeyValue> counts = Program.collected(bed.run(program.plan()), out);
      assertFalse(bed.hasSpilled());
      assertTrue(bed.environment().memory().peakBytes() <= MEMORY_BYTES);
      Map<Object, Object> expected = new HashMap<>();
      IntStream.range(0, TASKS * EACH)
          .forEach(n -> expected.merge(key(n), 1, (a, b) -> (int) a + (int) b));
      Set<Object> keys = new HashSet<>();
      for (KeyValue each : counts) {
        assertTrue(keys.add(each.key()), each.key() + " came twice");
        assertEquals(expected.get(each.key()), each.value());
      }
      assertEquals(expected.keySet(), keys);
    }
  }
}
