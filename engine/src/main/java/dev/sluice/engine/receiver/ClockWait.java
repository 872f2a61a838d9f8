package dev.sluice.engine.receiver;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** Waits for a clock that may be moved by hand, of which nobody is told. */
final class ClockWait {
  private static final long LOOK_AGAIN_MS = 10;

  private ClockWait() {}

  /**
   * Waits until signalled, or until it is time to look at the clock again: after {@code leftMs}, or
   * sooner. To be called in a loop.
   */
  @SuppressWarnings("WaitNotInLoop") // The loop is the caller's.
  static void await(Condition condition, long leftMs) throws InterruptedException {
    condition.await(Math.min(leftMs, LOOK_AGAIN_MS), TimeUnit.MILLISECONDS);
  }
}
