package dev.sluice.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The bound on what is buffered. */
class MemoryBudgetTest {
  private static final long LIMIT_S = 30;

  private final MemoryBudget budget = new MemoryBudget(100);
  private final List<String> spilled = new ArrayList<>();

  /** Holds some of the budget until it is asked to spill. */
  private final class Holder implements Spillable {
    private final String name;
    private long bytes;

    Holder(String name, long bytes) throws IOException {
      this.name = name;
      this.bytes = bytes;
      assertTrue(budget.reserve(bytes));
      budget.register(this);
    }

    @Override
    public long spillableBytes() {
      return bytes;
    }

    @Override
    public long spill() {
      spilled.add(name);
      long freed = bytes;
      bytes = 0;
      budget.release(freed);
      return freed;
    }
  }

  @Test
  void givesAsMuchAsItHas() throws Exception {
    assertTrue(budget.reserve(60));
    assertFalse(budget.reserve(41));
    assertTrue(budget.reserve(40));
    assertEquals(100, budget.usedBytes());
    budget.release(70);
    assertTrue(budget.reserve(70));
    assertEquals(100, budget.peakBytes());
    assertEquals(100, budget.limitBytes());
  }

  @Test
  void isForcedBeyondItsLimit() throws Exception {
    budget.force(150);
    assertEquals(150, budget.usedBytes());
    assertEquals(150, budget.peakBytes());
    assertFalse(budget.reserve(1));
    budget.release(150);
    assertEquals(0, budget.usedBytes());
    assertEquals(150, budget.peakBytes());
  }

  @Test
  void makesTheLargestSpillFirstAndNoMoreThanNeeded() throws Exception {
    new Holder("small", 10);
    new Holder("large", 50);
    new Holder("middle", 40);
    assertTrue(budget.reserve(70));
    assertEquals(List.of("large", "middle"), spilled);
    assertEquals(80, budget.usedBytes());
  }

  @Test
  void asksNobodyWhoIsNotRegisteredOrHasNothing() throws Exception {
    Holder gone = new Holder("gone", 60);
    budget.unregister(gone);
    budget.unregister(gone);
    Holder empty = new Holder("empty", 30);
    empty.spill();
    spilled.clear();
    assertFalse(budget.reserve(50));
    assertEquals(List.of(), spilled);
  }

  @Test
  void refusesToGiveBackMoreThanWasTaken() {
    budget.force(5);
    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> budget.release(7));
    assertTrue(failure.getMessage().contains("2 bytes more"), failure.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new MemoryBudget(0));
  }

  @Test
  void neverGivesMoreThanItsLimitToManyThreads() throws Exception {
    int threads = 4;
    CountDownLatch start = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<Integer>> granted = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      granted.add(
          pool.submit(
              () -> {
                start.countDown();
                assertTrue(start.await(LIMIT_S, TimeUnit.SECONDS));
                int count = 0;
                for (int n = 0; n < 20_000; n++) {
                  if (budget.reserve(30)) {
                    count++;
                    budget.release(30);
                  }
                }
                return count;
              }));
    }
    for (Future<Integer> count : granted) {
      assertTrue(count.get(LIMIT_S, TimeUnit.SECONDS) > 0);
    }
    pool.shutdown();
    assertEquals(0, budget.usedBytes());
    assertTrue(budget.peakBytes() <= 100, "peak of " + budget.peakBytes());
  }
}
