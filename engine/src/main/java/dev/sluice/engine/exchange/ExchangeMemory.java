package dev.sluice.engine.exchange;

import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.plan.Exchange;
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
  /** One in this many bytes of the budget is for the objects of an exchange. */
  private static final int OBJECTS_SHARE = 4;

  private static final long MAX_KEPT_BYTES = 4 << 20;
  private static final long MAX_PAGE_BYTES = 64 << 10;
  private static final long GOOD_PAGE_BYTES = 16 << 10;
  private static final long MIN_PAGE_BYTES = 1 << 10;
  private static final int MAX_BUCKETS = 64;

  private final MemoryBudget budget;
  private final boolean alwaysEncodes;
  private final long objectsBytes;
  private final AtomicLong usedBytes = new AtomicLong();

  /**
   * The part of {@code exchange}. What is broadcast is read as objects, and all of it at once.
   *
   * @param shared whether the objects of other exchanges may be read as they were sent
   */
  ExchangeMemory(MemoryBudget budget, Exchange exchange, boolean shared) {
    this.budget = budget;
    long limitBytes = budget.limitBytes();
    boolean broadcast = exchange instanceof Exchange.Broadcast<?>;
    this.alwaysEncodes = !shared && !broadcast;
    this.objectsBytes = broadcast ? limitBytes : limitBytes / OBJECTS_SHARE;
  }

  MemoryBudget budget() {
    return budget;
  }

  /** Whether what comes from now on is to wait encoded. */
  boolean encodes() {
    return alwaysEncodes || usedBytes.get() > objectsBytes;
  }

  /** What a writer may keep although it was refused: less is not worth a file. */
  long keptBytes() {
    return Math.min(MAX_KEPT_BYTES, budget.limitBytes() / 8);
  }

  /** How large a page grows, so that {@code open} ones are about that, too. */
  long pageBytes(int open) {
    return Math.max(MIN_PAGE_BYTES, Math.min(MAX_PAGE_BYTES, keptBytes() / open));
  }

  /** Into how many buckets a partition that is sorted is divided, so that pages are not small. */
  int buckets(int partitions) {
    long buckets = keptBytes() / GOOD_PAGE_BYTES / partitions;
    return Integer.highestOneBit((int) Math.max(1, Math.min(MAX_BUCKETS, buckets)));
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
