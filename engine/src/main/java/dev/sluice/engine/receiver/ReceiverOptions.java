package dev.sluice.engine.receiver;

import java.util.ArrayList;
import java.util.List;

/**
 * How a receiver is run.
 *
 * @param blockIntervalMs for how long a block is filled by single records, at least 1
 * @param maxRate how many records a second may be stored; 0 for no bound
 * @param queuedBlocks how many blocks wait for a batch before the receiver is held up, at least 1;
 *     where batches are far apart, it should be more than the intervals between two of them
 * @param restartDelayMs how long the first restart waits; each one after it, as long as nothing is
 *     stored in between, waits twice as long
 * @param maxRestartDelayMs how long a restart waits at most, at least {@code restartDelayMs}
 */
public record ReceiverOptions(
    long blockIntervalMs,
    long maxRate,
    int queuedBlocks,
    long restartDelayMs,
    long maxRestartDelayMs) {

  /** Blocks of 200 ms, no rate, ten blocks that wait, restarts after two seconds to a minute. */
  public static final ReceiverOptions DEFAULTS = new ReceiverOptions(200, 0, 10, 2_000, 60_000);

  public ReceiverOptions {
    List<String> problems = new ArrayList<>();
    if (blockIntervalMs < 1) {
      problems.add("blockIntervalMs is " + blockIntervalMs + ": at least 1");
    }
    if (maxRate < 0) {
      problems.add("maxRate is " + maxRate + ": 0 for none, or more");
    }
    if (queuedBlocks < 1) {
      problems.add("queuedBlocks is " + queuedBlocks + ": at least 1");
    }
    if (restartDelayMs < 0) {
      problems.add("restartDelayMs is " + restartDelayMs + ": 0 or more");
    }
    if (maxRestartDelayMs < restartDelayMs) {
      problems.add(
          String.format(
              "maxRestartDelayMs is %d: at least restartDelayMs, which is %d",
              maxRestartDelayMs, restartDelayMs));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("ReceiverOptions: " + String.join("; ", problems));
    }
  }

  public ReceiverOptions withBlockIntervalMs(long ms) {
    return new ReceiverOptions(ms, maxRate, queuedBlocks, restartDelayMs, maxRestartDelayMs);
  }

  /** Records a second, 0 for no bound. */
  public ReceiverOptions withMaxRate(long rate) {
    return new ReceiverOptions(
        blockIntervalMs, rate, queuedBlocks, restartDelayMs, maxRestartDelayMs);
  }

  public ReceiverOptions withQueuedBlocks(int blocks) {
    return new ReceiverOptions(blockIntervalMs, maxRate, blocks, restartDelayMs, maxRestartDelayMs);
  }

  /** The first and the longest delay before a restart, in milliseconds. */
  public ReceiverOptions withRestartDelaysMs(long first, long longest) {
    return new ReceiverOptions(blockIntervalMs, maxRate, queuedBlocks, first, longest);
  }
}
