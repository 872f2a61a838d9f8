package dev.sluice.engine.receiver;

/**
 * Bounds the records a second: a bucket of tokens that fills at the rate and holds what a tenth of
 * a second brings, but at least one.
 *
 * <p>Who stores needs one token, then pays for all its records, on credit if need be: a block that
 * is larger than the bucket passes, and those after it wait. Guarded by the generator's lock.
 */
final class RateLimiter {
  private static final double BUCKET_S = 0.1;
  private static final double MS_PER_S = 1_000;
  private static final double ROUNDING_MS = 1e-6;

  private final double maxRate;
  private double rate;
  private double tokens = 1;
  private long filledAtMs;

  /** At most {@code maxRate} records a second, 0 for no bound. */
  RateLimiter(long maxRate, long nowMs) {
    this.maxRate = maxRate == 0 ? Double.POSITIVE_INFINITY : maxRate;
    this.rate = this.maxRate;
    this.filledAtMs = nowMs;
  }

  boolean limited() {
    return rate != Double.POSITIVE_INFINITY;
  }

  /** The lower of {@code recordsPerSecond} and the maximum holds from now on. */
  void rate(double recordsPerSecond, long nowMs) {
    if (limited()) {
      fill(nowMs);
    } else {
      tokens = 1;
      filledAtMs = nowMs;
    }
    rate = Math.min(maxRate, recordsPerSecond);
    tokens = Math.min(tokens, capacity());
  }

  /** How long nothing may be stored; 0 if something may be now. */
  long waitMs(long nowMs) {
    if (!limited()) {
      return 0;
    }
    fill(nowMs);
    double missingMs = (1 - tokens) / rate * MS_PER_S;
    return missingMs < ROUNDING_MS ? 0 : (long) Math.ceil(missingMs - ROUNDING_MS);
  }

  /** Pays for records that are stored. */
  void charge(long records) {
    if (limited()) {
      tokens -= records;
    }
  }

  private void fill(long nowMs) {
    // A clock that was set back fills nothing.
    double seconds = Math.max(0, nowMs - filledAtMs) / MS_PER_S;
    tokens = Math.min(capacity(), tokens + seconds * rate);
    filledAtMs = nowMs;
  }

  private double capacity() {
    return Math.max(1, rate * BUCKET_S);
  }
}
