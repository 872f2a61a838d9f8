package dev.sluice.translation.source;

import java.io.Serializable;
import java.util.concurrent.TimeUnit;

/**
 * How a stream reads Beam's sources.
 *
 * @param blockIntervalMs for how long a reader fills a block
 * @param maxRate how many records a second a reader may take; 0 for no bound
 * @param maxAttempts how often a reader may fail without giving anything in between
 */
public record ReadSettings(long blockIntervalMs, long maxRate, int maxAttempts)
    implements Serializable {
  private static final int MAX_BLOCK_RECORDS = 10_000;

  /** The most records of a block: where there is a rate, what an interval may bring. */
  int blockRecords() {
    if (maxRate == 0) {
      return MAX_BLOCK_RECORDS;
    }
    double records = (double) maxRate * blockIntervalMs / TimeUnit.SECONDS.toMillis(1);
    return (int) Math.max(1, Math.min(MAX_BLOCK_RECORDS, records));
  }
}
