package dev.sluice.translation.source;

import java.io.Serializable;
import java.util.concurrent.TimeUnit;

/**
 * How a stream reads Beam's sources.
 *
 * @param blockIntervalMs for how long a reader fills a block
 * @param maxRate how many records a second a reader may take; 0 for no bound
 * @param maxBatchRecords how many records a batch takes from those who read by these settings
 * @param maxAttempts how often a reader may fail without giving anything in between
 */
public record ReadSettings(
    long blockIntervalMs, long maxRate, long maxBatchRecords, int maxAttempts)
    implements Serializable {
  private static final int MAX_BLOCK_RECORDS = 10_000;
  private static final int BLOCKS_OF_BATCH = 5;

  /** The settings of each of {@code readers} that have equal shares of a batch. */
  ReadSettings sharedBy(int readers) {
    return new ReadSettings(blockIntervalMs, maxRate, maxBatchRecords / readers, maxAttempts);
  }

  /** The most records that a batch takes of one reader. */
  long batchRecords() {
    return Math.max(1, maxBatchRecords);
  }

  /**
   * The most records of a block of one reader: some blocks are what a batch takes of it, so that it
   * can go on while a batch is being processed, and not far beyond. Where there is a rate, what an
   * interval may bring.
   */
  int blockRecords() {
    double records = (double) maxBatchRecords / BLOCKS_OF_BATCH;
    if (maxRate != 0) {
      double arriving = (double) maxRate * blockIntervalMs / TimeUnit.SECONDS.toMillis(1);
      records = Math.min(records, arriving);
    }
    return (int) Math.max(1, Math.min(MAX_BLOCK_RECORDS, records));
  }
}
