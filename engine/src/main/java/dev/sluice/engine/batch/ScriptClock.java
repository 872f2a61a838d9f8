package dev.sluice.engine.batch;

import dev.sluice.engine.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** The clock of a stream with scripts. Moved by the thread that runs the batches. */
final class ScriptClock implements Clock {
  /** Early enough that no timer is due by itself, and far from an overflow. */
  private static final long START = Long.MIN_VALUE / 1000;

  private final AtomicLong nowMs = new AtomicLong(START);

  @Override
  public long nowMs() {
    return nowMs.get();
  }

  void advance(long millis) {
    nowMs.addAndGet(millis);
  }

  void moveTo(long millis) {
    nowMs.accumulateAndGet(millis, Math::max);
  }
}
