package dev.sluice.runner;

import dev.sluice.engine.exec.TaskListener;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.time.Clock;
import dev.sluice.translation.dofn.BundleFinalizations;
import dev.sluice.translation.metrics.PipelineMetrics;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.joda.time.Instant;

/**
 * What follows when an attempt's output counts: its metrics are committed, its bundle finalizers
 * called - on a thread of their own, since they are user code.
 */
final class BundleCommits implements TaskListener {
  private static final long CLOSE_TIMEOUT_MINUTES = 10;

  private final PipelineMetrics metrics;
  private final Clock clock;
  private final ExecutorService callbacks =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "sluice-bundle-finalizers");
            thread.setDaemon(true);
            return thread;
          });

  BundleCommits(PipelineMetrics metrics, Clock clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public void submitted(TaskScope attempt) {
    metrics.start(attempt);
  }

  @Override
  public void succeeded(TaskScope attempt) {
    metrics.end(attempt, true);
    BundleFinalizations finalizations = BundleFinalizations.of(attempt);
    if (!finalizations.isEmpty()) {
      callbacks.execute(() -> finalizations.run(Instant.ofEpochMilli(clock.nowMs())));
    }
  }

  @Override
  public void discarded(TaskScope attempt) {
    metrics.end(attempt, false);
  }

  /** Waits for the callbacks. */
  void close() {
    callbacks.shutdown();
    try {
      if (!callbacks.awaitTermination(CLOSE_TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        callbacks.shutdownNow();
        throw new IllegalStateException(
            "bundle finalizers have not ended within " + CLOSE_TIMEOUT_MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      callbacks.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
