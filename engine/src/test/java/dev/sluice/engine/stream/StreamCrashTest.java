package dev.sluice.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.storage.SimulatedStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A stream whose machine crashes at each operation of its store in turn. {@code -Dsluice.seed=N}
 * says what is left of that which was not synced.
 */
@Timeout(600)
class StreamCrashTest {
  private static final int BATCHES = 9;

  private final long seed = Long.getLong("sluice.seed", System.nanoTime() % 1_000_000);

  @Test
  void leavesTheOutputOfARunWithoutFailure() throws IOException {
    System.out.println("-Dsluice.seed=" + seed);
    SimulatedStore whole = new SimulatedStore(-1, false);
    live(whole, 0);
    Map<String, List<String>> expected = DurableProgram.output(whole);
    assertTrue(expected.size() > 2 * BATCHES, () -> "it writes something: " + expected);
    for (int at = 0; at < whole.operations(); at++) {
      crash(at, at % 2 == 0, expected);
    }
  }

  private void crash(int at, boolean afterwards, Map<String, List<String>> expected)
      throws IOException {
    String when = "crash " + (afterwards ? "after" : "before") + " operation " + at;
    SimulatedStore store = new SimulatedStore(at, afterwards);
    int reached = live(store, 0);
    if (!store.isCrashed()) {
      // Not each run needs as many operations.
      return;
    }
    SimulatedStore left = store.left(new Random(seed + at));
    // The tick at which it crashed comes again, so that the same batch is planned.
    live(left, Math.max(0, reached - 1));
    Map<String, List<String>> output = DurableProgram.output(left);
    assertEquals(expected.keySet(), output.keySet(), when);
    expected.forEach((batch, lines) -> assertEquals(lines, output.get(batch), when));
    assertFalse(left.list("").stream().anyMatch(name -> name.startsWith("_attempts/")), when);
  }

  /** How far its clock has come when it ends. */
  private static int live(SimulatedStore store, int reached) {
    try (DurableProgram program = new DurableProgram(store, reached)) {
      try {
        program.run(BATCHES);
      } catch (RuntimeException e) {
        if (!store.isCrashed()) {
          throw e;
        }
      }
      return program.reached();
    }
  }
}
