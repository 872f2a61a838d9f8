package dev.sluice.engine.batch;

import dev.sluice.engine.receiver.ReceiverOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * How a stream is cut into batches.
 *
 * @param batchDurationMs the time from the start of a batch to that of the next while data comes,
 *     at least 1
 * @param maxBatchRecords how many records a batch takes from one receiver at most, at least 1:
 *     under backlog batches grow up to this size
 * @param backpressure whether receivers are slowed down to what batches have been able to process
 * @param receivers how receivers make blocks
 */
public record StreamOptions(
    long batchDurationMs, long maxBatchRecords, boolean backpressure, ReceiverOptions receivers) {
  public StreamOptions {
    List<String> problems = new ArrayList<>();
    if (batchDurationMs < 1) {
      problems.add("batchDurationMs is " + batchDurationMs + ": at least 1");
    }
    if (maxBatchRecords < 1) {
      problems.add("maxBatchRecords is " + maxBatchRecords + ": at least 1");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }
}
