package dev.sluice.translation.source;

import java.io.Serializable;
import java.util.concurrent.TimeUnit;

/**
 * How a stream reads Beam's sources.
 *
 * @param blockIntervalMs for how long a reader fills a block
 * @param maxRate how many records a second a reader may take; 0 for no bound
 * @param maxBatchRecords how many records a batch takes from all readers of a source
 * @param maxAttempts how often a reader may fail without giving anything in between
 */
public record ReadSettings(
    long blockIntervalMs, long maxRate, long maxBatchRecords, int maxAttempts)
    implements Serializable {
  private static final int MAX_BLOCK_RECORDS = 10_000;
  private static final int BLOCKS_OF_BATCH = 5;

  /**
   * The most records of a block of one of {@code readers}: some blocks are a reader's share of a
   * batch, so that it can go on while a batch is being processed, and not far beyond. Where there
   * is a rate, what an interval may bring.
   */
  int blockRecords(int readers) {
    double records = (double) maxBatchRecords / BLOCKS_OF_BATCH / readers;
    if (maxRate != 0) {
      double arriving = (double) maxRate * blockIntervalMs / TimeUnit.SECONDS.toMillis(1);
      records = Math.min(records, arriving);
    }
    return (int) Math.max(1, Math.min(MAX_BLOCK_RECORDS, records));
  }
}
