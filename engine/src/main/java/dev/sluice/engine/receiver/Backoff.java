package dev.sluice.engine.receiver;

/** Delays in milliseconds that double from one to the next. For use by one thread. */
final class Backoff {
  private final long firstMs;
  private final long longestMs;
  private long nextMs;

  Backoff(long firstMs, long longestMs) {
    this.firstMs = firstMs;
    this.longestMs = longestMs;
    this.nextMs = firstMs;
  }

  long nextMs() {
    long now = nextMs;
    nextMs = now > longestMs / 2 ? longestMs : Math.min(longestMs, Math.max(1, 2 * now));
    return now;
  }

  void reset() {
    nextMs = firstMs;
  }
}
