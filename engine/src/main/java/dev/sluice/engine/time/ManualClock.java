package dev.sluice.engine.time;

import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. */
public final class ManualClock implements Clock {
  private final AtomicLong nowMs;

  /** A clock that starts at {@code startMs} milliseconds since the epoch. */
  public ManualClock(long startMs) {
    this.nowMs = new AtomicLong(startMs);
  }

  @Override
  public long nowMs() {
    return nowMs.get();
  }

  /** Moves the clock by {@code ms} milliseconds, backwards if negative. */
  public void advance(long ms) {
    nowMs.addAndGet(ms);
  }
}
