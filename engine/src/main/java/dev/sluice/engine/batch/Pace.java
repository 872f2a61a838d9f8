package dev.sluice.engine.batch;

import dev.sluice.engine.time.Clock;

/** When the next batch is to start. For use by the thread that runs the batches. */
final class Pace {
  /** What a receiver that has its reader back takes to lend it again, on a busy machine. */
  private static final long SETTLE_MS = 5;

  private final long durationMs;
  private final boolean fixed;
  private final Clock clock;
  private long nextMs = Long.MIN_VALUE;
  private long settledMs = Long.MIN_VALUE;

  /**
   * The first batch may start at once.
   *
   * @param fixed whether batches start at multiples of the duration from the first one on, rather
   *     than a duration behind the one before
   */
  Pace(long durationMs, boolean fixed, Clock clock) {
    this.durationMs = durationMs;
    this.fixed = fixed;
    this.clock = clock;
  }

  /** A batch starts; when, in milliseconds. */
  long start() {
    long nowMs = clock.nowMs();
    long base = fixed && nextMs != Long.MIN_VALUE ? Math.min(nextMs, nowMs) : nowMs;
    nextMs = base + durationMs;
    return nowMs;
  }

  /** A batch has ended. */
  void end() {
    settledMs = clock.nowMs() + SETTLE_MS;
  }

  /**
   * How long there is to wait; 0 for no more.
   *
   * @param heldUp whether the time between batches is not to be waited for: what is held up would
   *     be read at no more than a batch's share in that time, however fast batches are
   * @param settling whether it pays to wait a moment behind the last batch, even if it was long
   */
  long leftMs(boolean heldUp, boolean settling) {
    long nowMs = clock.nowMs();
    // A clock that was set back starts the intervals anew.
    nextMs = Math.min(nextMs, nowMs + durationMs);
    settledMs = Math.min(settledMs, nowMs + SETTLE_MS);
    long startMs = heldUp ? Math.min(nextMs, settledMs) : nextMs;
    if (settling) {
      startMs = Math.max(startMs, settledMs);
    }
    return startMs <= nowMs ? 0 : startMs - nowMs;
  }
}
