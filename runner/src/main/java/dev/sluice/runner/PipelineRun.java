package dev.sluice.runner;

import dev.sluice.engine.batch.Recovery;
import dev.sluice.engine.batch.StreamJob;
import dev.sluice.engine.batch.StreamListeners;
import dev.sluice.engine.batch.StreamOptions;
import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.Job;
import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.exec.LocalExecutor;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.receiver.ReceiverOptions;
import dev.sluice.engine.time.Clock;
import dev.sluice.runner.SluicePipelineResult.Outcome;
import dev.sluice.translation.metrics.PipelineMetrics;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.core.metrics.MetricsPusher;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.metrics.MetricsOptions;
import org.apache.beam.sdk.util.UserCodeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pipeline from start to end, on a thread of its own that drives the engine's job. */
final class PipelineRun {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);

  private final SluicePipelineOptions options;
  private final Environment environment;
  private final EngineRun engine;
  private final BundleCommits commits;
  private final SluicePipelineResult result;
  private final PipelineMetrics metrics;

  private PipelineRun(
      StagePlan stages, boolean streaming, SluicePipelineOptions options, int taskAttempts) {
    this.options = options;
    this.metrics = new PipelineMetrics();
    // It may find a folder that cannot be used: before there are any threads.
    Recovery recovery = streaming ? PipelineRecovery.of(options, metrics) : null;
    this.environment = environment(options);
    this.commits = new BundleCommits(metrics, environment.clock(), streaming);
    JobOptions jobOptions = jobOptions(options, taskAttempts);
    List<EngineListener> listeners = List.of(new EventLog(), commits);
    this.engine =
        streaming
            ? new EngineRun.Streaming(
                new StreamJob(
                    stages,
                    jobOptions,
                    streamOptions(options),
                    environment,
                    new StreamListeners(commits, listeners, new ReceiverLog()),
                    recovery))
            : new EngineRun.Bounded(new Job(stages, jobOptions, environment, commits, listeners));
    this.result = new SluicePipelineResult(engine, metrics);
  }

  static SluicePipelineResult start(
      TranslatedPipeline pipeline, SluicePipelineOptions options, int taskAttempts) {
    if (options.getCheckpointDir() != null && !pipeline.streaming()) {
      throw new IllegalArgumentException(
          "--checkpointDir="
              + options.getCheckpointDir()
              + ": the pipeline is bounded and runs as one job, of which nothing is kept; run it"
              + " with --streaming, or without --checkpointDir");
    }
    StagePlan stages = Planner.plan(pipeline.plan());
    LOG.debug("{} runs as\n{}", options.getJobName(), stages.explain());
    PipelineRun run = new PipelineRun(stages, pipeline.streaming(), options, taskAttempts);
    Thread thread = new Thread(run::run, "sluice-" + options.getJobName());
    thread.setDaemon(false);
    thread.start();
    return run.result;
  }

  private void run() {
    Outcome outcome;
    try {
      new MetricsPusher(metrics.ended(), options.as(MetricsOptions.class), result).start();
      ProgressDisplay display = ProgressDisplay.start(options, engine);
      outcome = execute().after(display::close);
    } catch (RuntimeException | Error e) {
      outcome = new Outcome(State.FAILED, new PipelineExecutionException(e));
    }
    result.end(outcome.after(commits::close).after(environment::close));
  }

  private Outcome execute() {
    try {
      engine.run();
      return new Outcome(State.DONE, null);
    } catch (JobCancelledException e) {
      return new Outcome(State.CANCELLED, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(State.CANCELLED, null);
    } catch (JobFailedException e) {
      return new Outcome(State.FAILED, failure(e));
    } catch (RuntimeException | Error e) {
      return new Outcome(State.FAILED, new PipelineExecutionException(e));
    }
  }

  /** Beam's exception around the user's own, which is told where it came from. */
  private static PipelineExecutionException failure(JobFailedException e) {
    Throwable cause = e.userCause();
    while (cause instanceof UserCodeException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    PipelineExecutionException failure = new PipelineExecutionException(cause);
    if (e.operator() != null) {
      failure.addSuppressed(new TransformFailure(e.operator()));
      LOG.error("transform '{}' failed", e.operator(), cause);
    } else {
      LOG.error("the pipeline failed", cause);
    }
    for (Throwable suppressed : e.getCause().getSuppressed()) {
      failure.addSuppressed(suppressed);
    }
    return failure;
  }

  private static Environment environment(SluicePipelineOptions options) {
    long heap = Runtime.getRuntime().maxMemory();
    return new Environment(
        new LocalExecutor("sluice-" + options.getJobName(), options.getParallelism()),
        new MemoryBudget(Math.max(1, (long) (heap * options.getMemoryFraction()))),
        new TempFiles(Path.of(options.getTempFolder())),
        Clock.system());
  }

  private static StreamOptions streamOptions(SluicePipelineOptions options) {
    return StreamOptions.DEFAULTS
        .withBatchDurationMs(options.getBatchDurationMs())
        .withMaxBatchRecords(options.getMaxBatchRecords())
        .withFixedTicks(options.getFixedTicks())
        .withBackpressure(options.getBackpressure())
        .withState(options.getStateStore())
        .withReceivers(
            ReceiverOptions.DEFAULTS
                .withBlockIntervalMs(options.getBlockIntervalMs())
                .withMaxRate(options.getMaxRate()));
  }

  private static JobOptions jobOptions(SluicePipelineOptions options, int taskAttempts) {
    return JobOptions.DEFAULTS
        .withMaxTaskAttempts(taskAttempts)
        .withMaxBundleSize(options.getMaxBundleSize())
        .withCheckMutations(options.getCheckMutations())
        .withTimeLimits(options.getStuckTaskReportMs(), options.getTaskDeadlineMs())
        .withSpeculation(
            options.getSpeculation() ? JobOptions.Speculation.ON : JobOptions.Speculation.OFF)
        .withSkipEmptyPartitions(true);
  }
}
