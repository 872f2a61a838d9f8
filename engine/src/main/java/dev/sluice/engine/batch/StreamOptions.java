package dev.sluice.engine.batch;

import dev.sluice.engine.receiver.ReceiverOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * How a stream is cut into batches.
 *
 * @param batchDurationMs the time from the start of a batch to that of the next while data comes,
 *     at least 1
 * @param maxBatchRecords how many records a batch takes from the receivers of one source, each of
 *     which has an equal share, but at least a block; at least 1. Under backlog batches grow up to
 *     this size
 * @param fixedTicks whether there is a batch each {@code batchDurationMs}, with and without data:
 *     late ones are made up for, one after another, and nothing makes one come early
 * @param backpressure whether receivers are slowed down to what batches have been able to process
 * @param receivers how receivers make blocks
 * @param state where state is kept
 */
public record StreamOptions(
    long batchDurationMs,
    long maxBatchRecords,
    boolean fixedTicks,
    boolean backpressure,
    ReceiverOptions receivers,
    StateStorage state) {

  /** Batches of up to 100,000 records of a source each 100 ms, when data comes. */
  public static final StreamOptions DEFAULTS =
      new StreamOptions(100, 100_000, false, false, ReceiverOptions.DEFAULTS, StateStorage.HEAP);

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

  public StreamOptions withBatchDurationMs(long ms) {
    return new StreamOptions(ms, maxBatchRecords, fixedTicks, backpressure, receivers, state);
  }

  public StreamOptions withMaxBatchRecords(long records) {
    return new StreamOptions(batchDurationMs, records, fixedTicks, backpressure, receivers, state);
  }

  public StreamOptions withFixedTicks(boolean fixed) {
    return new StreamOptions(
        batchDurationMs, maxBatchRecords, fixed, backpressure, receivers, state);
  }

  public StreamOptions withBackpressure(boolean on) {
    return new StreamOptions(batchDurationMs, maxBatchRecords, fixedTicks, on, receivers, state);
  }

  public StreamOptions withReceivers(ReceiverOptions options) {
    return new StreamOptions(
        batchDurationMs, maxBatchRecords, fixedTicks, backpressure, options, state);
  }

  public StreamOptions withState(StateStorage storage) {
    return new StreamOptions(
        batchDurationMs, maxBatchRecords, fixedTicks, backpressure, receivers, storage);
  }
}
