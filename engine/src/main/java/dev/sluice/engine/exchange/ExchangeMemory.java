package dev.sluice.engine.exchange;

import dev.sluice.engine.memory.MemoryBudget;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The part of a memory budget that one exchange takes. Safe for use by many threads.
 *
 * <p>References cost nothing to write and to read, but objects that wait are copied and looked
 * through by the garbage collector again and again: beyond a share of the budget that costs more
 * than their encoding.
 */
final class ExchangeMemory {
  /** One in this many bytes of the budget is for objects. */
  private static final int OBJECTS_SHARE = 4;

  private final MemoryBudget budget;
  private final AtomicLong usedBytes = new AtomicLong();

  ExchangeMemory(MemoryBudget budget) {
    this.budget = budget;
  }

  MemoryBudget budget() {
    return budget;
  }

  /** Whether what comes from now on should wait encoded. */
  boolean isLarge() {
    return usedBytes.get() > budget.limitBytes() / OBJECTS_SHARE;
  }

  /** As {@link MemoryBudget#reserve}. */
  boolean reserve(long bytes) throws IOException {
    boolean reserved = budget.reserve(bytes);
    if (reserved) {
      usedBytes.addAndGet(bytes);
    }
    return reserved;
  }

  /** As {@link MemoryBudget#force}. */
  void force(long bytes) {
    budget.force(bytes);
    usedBytes.addAndGet(bytes);
  }

  /** As {@link MemoryBudget#release}. */
  void release(long bytes) {
    budget.release(bytes);
    usedBytes.addAndGet(-bytes);
  }
}
