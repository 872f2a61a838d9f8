package dev.sluice.runner;

import dev.sluice.engine.batch.Recovery;
import dev.sluice.engine.batch.StreamJob;
import dev.sluice.engine.batch.StreamListeners;
import dev.sluice.engine.batch.StreamOptions;
import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.exec.LocalExecutor;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.receiver.ReceiverOptions;
import dev.sluice.engine.storage.StoreLocation;
import dev.sluice.engine.time.Clock;
import dev.sluice.translation.metrics.PipelineMetrics;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.MetricsEnvironment;

/**
 * A {@link KilledPipeline} that stands still at a point. It is put together as the runner does it,
 * with a store that tells when it is written to, and with a lease of its own length.
 */
final class StandingProgram {
  private static final int TASK_ATTEMPTS = 4;
  private static final long MEMORY_BYTES = 64 << 20;

  private StandingProgram() {}

  /** The folder of the test, a point, at which time to stand still, the lease, then options. */
  public static void main(String[] args) throws Exception {
    StandStill standStill = new StandStill(KillPoint.valueOf(args[1]), Integer.parseInt(args[2]));
    long leaseMs = Long.parseLong(args[3]);
    KilledPipeline.run(
        Path.of(args[0]),
        standStill,
        pipeline -> run(pipeline, standStill, leaseMs),
        Arrays.copyOfRange(args, 4, args.length));
  }

  private static MetricResults run(Pipeline pipeline, StandStill standStill, long leaseMs)
      throws Exception {
    SluicePipelineOptions options = pipeline.getOptions().as(SluicePipelineOptions.class);
    MetricsEnvironment.setMetricsSupported(true);
    TranslatedPipeline translated = TranslatedPipeline.of(pipeline, options, TASK_ATTEMPTS);
    PipelineMetrics metrics = new PipelineMetrics();
    try (Environment environment =
        new Environment(
            new LocalExecutor("standing", options.getParallelism()),
            new MemoryBudget(MEMORY_BYTES),
            new TempFiles(Path.of(options.getTempFolder())),
            Clock.system())) {
      BundleCommits commits = new BundleCommits(metrics, environment.clock(), true);
      try {
        new StreamJob(
                Planner.plan(translated.plan()),
                JobOptions.DEFAULTS.withMaxTaskAttempts(TASK_ATTEMPTS),
                StreamOptions.DEFAULTS
                    .withBatchDurationMs(options.getBatchDurationMs())
                    .withReceivers(
                        ReceiverOptions.DEFAULTS.withBlockIntervalMs(options.getBlockIntervalMs())),
                environment,
                new StreamListeners(commits, List.of(standStill, commits), new ReceiverLog()),
                recovery(options, standStill, leaseMs, metrics))
            .run();
      } finally {
        commits.close();
      }
    }
    return metrics.results();
  }

  private static Recovery recovery(
      SluicePipelineOptions options, StandStill standStill, long leaseMs, PipelineMetrics metrics)
      throws Exception {
    return new Recovery(
        new StandingStore(StoreLocation.open(options.getCheckpointDir()), standStill),
        "process " + ProcessHandle.current().pid(),
        options.getCheckpointIntervalMs(),
        leaseMs,
        options.getCheckpointTakeOver(),
        new PipelineRecovery(metrics));
  }
}
