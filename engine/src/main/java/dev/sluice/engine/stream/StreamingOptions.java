package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.EngineOptions;
import dev.sluice.engine.receiver.ReceiverOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a {@link StreamingContext} is set up. Problems are found, all of them, when a context is
 * made. For use by one thread.
 */
public final class StreamingOptions {
  private static final int BATCHES_QUEUED_AS_BLOCKS = 2;

  private final Duration batchDuration;
  private String name = "stream";
  private EngineOptions engine = new EngineOptions();
  private ReceiverOptions receivers = ReceiverOptions.DEFAULTS;
  private boolean backpressure;
  private int maxQueuedBatches = 1_000;
  private CheckpointOptions checkpoint;

  /** All defaults but the duration of a batch, which is a whole number of milliseconds. */
  public StreamingOptions(Duration batchDuration) {
    this.batchDuration = Objects.requireNonNull(batchDuration, "batchDuration");
  }

  /** What threads are named after. */
  public StreamingOptions name(String newName) {
    name = Objects.requireNonNull(newName, "name");
    return this;
  }

  /** What jobs run on. Batches and receivers go by its clock. */
  public StreamingOptions engine(EngineOptions options) {
    engine = Objects.requireNonNull(options, "engine");
    return this;
  }

  /**
   * How receivers make blocks; by default as {@link ReceiverOptions#DEFAULTS}. There is room for
   * the blocks of two batches in any case: with less, receivers would wait for every tick.
   */
  public StreamingOptions receivers(ReceiverOptions options) {
    receivers = Objects.requireNonNull(options, "receivers");
    return this;
  }

  /** Whether receivers are slowed down to what batches have been able to process. */
  public StreamingOptions backpressure(boolean on) {
    backpressure = on;
    return this;
  }

  /**
   * How many late batches may wait, at least 1; by default 1,000. Beyond it ticks are made up for
   * later, and records wait where the receivers store them.
   */
  public StreamingOptions maxQueuedBatches(int batches) {
    maxQueuedBatches = batches;
    return this;
  }

  /** Where a later process finds what it needs to go on; by default nothing is kept for it. */
  public StreamingOptions checkpoint(CheckpointOptions options) {
    checkpoint = Objects.requireNonNull(options, "checkpoint");
    return this;
  }

  /** Throws an {@link IllegalArgumentException} that names all problems, if there are any. */
  void check() {
    List<String> problems = new ArrayList<>();
    if (!Durations.isWhole(batchDuration)) {
      problems.add("batchDuration is " + batchDuration + ": a whole number of ms, at least 1");
    }
    if (maxQueuedBatches < 1) {
      problems.add("maxQueuedBatches is " + maxQueuedBatches + ": at least 1");
    }
    if (checkpoint != null) {
      checkpoint.check(problems);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("StreamingOptions: " + String.join("; ", problems));
    }
  }

  long batchMs() {
    return batchDuration.toMillis();
  }

  String name() {
    return name;
  }

  EngineOptions engine() {
    return engine;
  }

  ReceiverOptions receivers() {
    long blocks = BATCHES_QUEUED_AS_BLOCKS * batchMs() / receivers.blockIntervalMs();
    return receivers.withQueuedBlocks(
        (int) Math.min(Integer.MAX_VALUE, Math.max(receivers.queuedBlocks(), blocks)));
  }

  boolean backpressure() {
    return backpressure;
  }

  CheckpointOptions checkpoint() {
    return checkpoint;
  }

  int maxQueuedBatches() {
    return maxQueuedBatches;
  }
}
