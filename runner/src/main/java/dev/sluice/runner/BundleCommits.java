package dev.sluice.runner;

import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.exec.TaskListener;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.time.Clock;
import dev.sluice.translation.dofn.BundleFinalizations;
import dev.sluice.translation.metrics.PipelineMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.joda.time.Instant;

/**
 * What follows when an attempt's output counts: its metrics are committed, its bundle finalizers
 * called - on a thread of their own, since they are user code. Those of a stream wait until their
 * batch is durable.
 */
final class BundleCommits implements TaskListener, EngineListener {
  private static final long CLOSE_TIMEOUT_MINUTES = 10;

  private final PipelineMetrics metrics;
  private final Clock clock;
  private final boolean streaming;
  private final ExecutorService callbacks =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "sluice-bundle-finalizers");
            thread.setDaemon(true);
            return thread;
          });

  /** Of the batch that runs. */
  private final List<BundleFinalizations> running = new ArrayList<>();

  /** Of batches that are committed and not durable, by their numbers. */
  private final NavigableMap<Long, List<BundleFinalizations>> committed = new TreeMap<>();

  BundleCommits(PipelineMetrics metrics, Clock clock, boolean streaming) {
    this.metrics = metrics;
    this.clock = clock;
    this.streaming = streaming;
  }

  @Override
  public void submitted(TaskScope attempt) {
    metrics.start(attempt);
  }

  @Override
  public synchronized void succeeded(TaskScope attempt) {
    metrics.end(attempt, true);
    BundleFinalizations finalizations = BundleFinalizations.of(attempt);
    if (finalizations.isEmpty()) {
      return;
    }
    if (streaming) {
      running.add(finalizations);
    } else {
      call(finalizations);
    }
  }

  @Override
  public synchronized void onEvent(EngineEvent event) {
    if (event instanceof EngineEvent.BatchCompleted batch && !running.isEmpty()) {
      committed.put(batch.batch(), List.copyOf(running));
      running.clear();
    } else if (event instanceof EngineEvent.BatchDurable batch) {
      NavigableMap<Long, List<BundleFinalizations>> durable =
          committed.headMap(batch.batch(), true);
      durable.values().forEach(all -> all.forEach(this::call));
      durable.clear();
    }
  }

  private void call(BundleFinalizations finalizations) {
    callbacks.execute(() -> finalizations.run(Instant.ofEpochMilli(clock.nowMs())));
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
