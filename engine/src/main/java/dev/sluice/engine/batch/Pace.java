package dev.sluice.engine.batch;

import dev.sluice.engine.time.Clock;

/** When the next batch is to start. For use by the thread that runs the batches. */
final class Pace {
  private final long durationMs;
  private final boolean fixed;
  private final Clock clock;
  private long nextMs = Long.MIN_VALUE;

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

  /** How long there is to wait; 0 for no more. */
  long leftMs() {
    long nowMs = clock.nowMs();
    // A clock that was set back starts the interval anew.
    nextMs = Math.min(nextMs, nowMs + durationMs);
    return nextMs <= nowMs ? 0 : nextMs - nowMs;
  }
}
