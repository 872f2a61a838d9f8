package dev.sluice.benchmarks;

import dev.sluice.engine.batch.Recovery;
import dev.sluice.engine.batch.StreamJob;
import dev.sluice.engine.batch.StreamListeners;
import dev.sluice.engine.batch.StreamOptions;
import dev.sluice.engine.checkpoint.CheckpointFolder;
import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.receiver.ReceiverOptions;
import dev.sluice.engine.storage.LocalStore;
import dev.sluice.engine.time.Clock;
import dev.sluice.translation.PipelineTranslator;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;

/**
 * A pipeline of Beam on a stream of the engine's, whose events can be listened to: batches of 20
 * ms, blocks of 10 ms, and a checkpoint whenever one is asked for. Run by one thread; any may ask.
 */
final class RecordedStream {
  private static final long BATCH_MS = 20;
  private static final long BLOCK_MS = 10;
  private static final int WORKERS = 2;

  /** Nobody waits for so long. */
  private static final long INTERVAL_MS = 3_600_000;

  private final AtomicLong aheadMs = new AtomicLong();
  private final Clock clock = () -> System.currentTimeMillis() + aheadMs.get();
  private final StagePlan plan;
  private final Path folder;

  RecordedStream(Pipeline pipeline, Path folder) {
    this.plan =
        Planner.plan(
            PipelineTranslator.translateStream(
                pipeline, BLOCK_MS, 0, StreamOptions.DEFAULTS.maxBatchRecords(), 1));
    this.folder = folder;
  }

  /** Has a checkpoint taken before the next batch. */
  void askForCheckpoint() {
    aheadMs.addAndGet(INTERVAL_MS);
  }

  /** Runs until {@code listener} throws, or the process ends. */
  void run(EngineListener listener)
      throws JobFailedException, JobCancelledException, InterruptedException {
    Recovery recovery =
        new Recovery(
            new LocalStore(folder),
            "benchmark",
            INTERVAL_MS,
            Recovery.DEFAULT_LEASE_MS,
            true,
            new Nothing());
    try (Environment environment =
        Scratch.environment(WORKERS, Runtime.getRuntime().maxMemory() / 5 * 2, clock)) {
      new StreamJob(
              plan,
              JobOptions.DEFAULTS,
              StreamOptions.DEFAULTS
                  .withBatchDurationMs(BATCH_MS)
                  .withReceivers(ReceiverOptions.DEFAULTS.withBlockIntervalMs(BLOCK_MS)),
              environment,
              new StreamListeners(new NoListener(), List.of(listener), event -> {}),
              recovery)
          .run();
    }
  }

  /** Is kept with no checkpoint. */
  private record Nothing() implements Recovery.Attachment {
    @Override
    public CheckpointFolder.Content save() {
      return out -> {};
    }

    @Override
    public CheckpointFolder.Reader restore() {
      return in -> {};
    }
  }
}
