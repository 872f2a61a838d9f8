package dev.sluice.translation.source;

import java.util.concurrent.TimeUnit;

/** For how long a block is filled. For use by one thread. */
final class FillTime {
  /** Looking at the clock costs as much as reading a small record. */
  private static final int LOOK_MASK = 31;

  private final long intervalNs;
  private long startedNs;

  FillTime(long intervalMs) {
    this.intervalNs = TimeUnit.MILLISECONDS.toNanos(intervalMs);
  }

  /** The first record has come. */
  void start() {
    startedNs = System.nanoTime();
  }

  /** Whether it is over. */
  boolean isOver() {
    return System.nanoTime() - startedNs > intervalNs;
  }

  /** The same behind {@code records} of a backlog, as far as is looked: at each 32nd. */
  boolean isOver(long records) {
    return (records & LOOK_MASK) == 0 && isOver();
  }
}
