package dev.sluice.runner;

import dev.sluice.engine.exec.JobProgress;
import dev.sluice.translation.metrics.PipelineMetrics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.joda.time.Duration;

/**
 * A pipeline that was started. Safe for use by many threads.
 *
 * <p>States: RUNNING, then DONE, FAILED or CANCELLED; these are final, and reached only when every
 * thread of the pipeline has ended and its temporary files are gone.
 */
public final class SluicePipelineResult implements PipelineResult {
  private final EngineRun engine;
  private final PipelineMetrics metrics;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  SluicePipelineResult(EngineRun engine, PipelineMetrics metrics) {
    this.engine = engine;
    this.metrics = metrics;
  }

  /** How a pipeline ended: a final state, with the failure if it is FAILED. */
  record Outcome(State state, PipelineExecutionException failure) {

    /** This outcome once {@code step} was done too; a failure of it fails the pipeline. */
    Outcome after(Runnable step) {
      try {
        step.run();
        return this;
      } catch (RuntimeException | Error e) {
        if (failure != null) {
          failure.addSuppressed(e);
          return this;
        }
        return new Outcome(State.FAILED, new PipelineExecutionException(e));
      }
    }
  }

  void end(Outcome how) {
    outcome.complete(how);
  }

  @Override
  public State getState() {
    Outcome ended = outcome.getNow(null);
    return ended == null ? State.RUNNING : ended.state();
  }

  /** Ends the pipeline: tasks are interrupted, temporary files deleted. Waits until that is so. */
  @Override
  public State cancel() {
    engine.cancel();
    return await().state();
  }

  /**
   * Ends a streaming pipeline in order: sources are read no further, the watermark goes to its end,
   * and what is there is processed. Returns at once; {@link #waitUntilFinish} waits for DONE.
   *
   * @throws UnsupportedOperationException if the pipeline is bounded: it ends by itself
   */
  public void drain() {
    engine.drain();
  }

  /**
   * Waits for the end.
   *
   * @throws PipelineExecutionException if the pipeline failed; the cause is what user code threw,
   *     and a suppressed {@link TransformFailure} names the transform
   */
  @Override
  public State waitUntilFinish() {
    return stateOf(await());
  }

  /**
   * Waits for the end, at most {@code duration}; without limit if it is not positive.
   *
   * @return the final state, or null if the pipeline still runs
   */
  @Override
  public State waitUntilFinish(Duration duration) {
    if (duration == null || duration.getMillis() <= 0) {
      return waitUntilFinish();
    }
    try {
      return stateOf(outcome.get(duration.getMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All metrics up to now, also while the pipeline runs. */
  @Override
  public MetricResults metrics() {
    return metrics.results();
  }

  /** How far the pipeline is: its stages, their tasks and records. */
  public JobProgress progress() {
    return engine.progress();
  }

  private Outcome await() {
    try {
      return outcome.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static State stateOf(Outcome ended) {
    if (ended.failure() != null) {
      throw ended.failure();
    }
    return ended.state();
  }

  private static RuntimeException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for the pipeline; it runs on", e);
  }
}
