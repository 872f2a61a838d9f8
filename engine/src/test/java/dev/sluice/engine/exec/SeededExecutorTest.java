package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A seed decides the order of tasks, and nothing else. */
class SeededExecutorTest {
  private record Outcome(List<Object> order, List<Object> results) {}

  /** Two sources that run beside each other, then a group of both. */
  private static Outcome run(long seed) throws Exception {
    List<Object> order = new ArrayList<>();
    Program program = new Program();
    Port left = program.map("left", n -> noted(order, n), program.numbers("l", 4, 5));
    Port right = program.map("right", n -> noted(order, n), program.numbers("r", 4, 5));
    Port keyed = program.map("key", (Integer n) -> new KeyValue(n % 3, n), left, right);
    Node out =
        program.collect(
            "out", program.map("note", n -> noted(order, n), program.group("group", 3, keyed)));
    try (TestBed bed = new TestBed(new SeededExecutor(seed, 4), 20_000, Clock.system())) {
      return new Outcome(order, bed.run(program.plan()).of(out));
    }
  }

  private static <T> T noted(List<Object> order, T element) {
    order.add(element);
    return element;
  }

  @Test
  void theSameSeedGivesTheSameOrder() throws Exception {
    for (long seed = 0; seed < 10; seed++) {
      assertEquals(run(seed), run(seed), "seed " + seed);
    }
  }

  @Test
  void otherSeedsGiveOtherOrdersAndTheSameResults() throws Exception {
    Set<List<Object>> orders = new HashSet<>();
    Outcome first = run(0);
    for (long seed = 0; seed < 10; seed++) {
      Outcome outcome = run(seed);
      orders.add(outcome.order());
      assertEquals(first.results(), outcome.results(), "seed " + seed);
    }
    assertTrue(orders.size() > 5, "only " + orders.size() + " orders");
  }
}
