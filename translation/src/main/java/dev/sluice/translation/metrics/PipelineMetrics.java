package dev.sluice.translation.metrics;

import dev.sluice.engine.plan.TaskScope;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.sdk.metrics.MetricResults;

/**
 * The metrics of one pipeline. Safe for use by many threads.
 *
 * <p>Attempted values are those of all attempts, also of running and failed ones; committed values
 * those of attempts whose output counts.
 */
public final class PipelineMetrics {
  private final MetricsContainerStepMap ended = new MetricsContainerStepMap();
  private final MetricsContainerStepMap committed = new MetricsContainerStepMap();
  private final Set<AttemptMetrics> running = new LinkedHashSet<>();

  /** Counts the attempt as running. */
  public synchronized void start(TaskScope attempt) {
    running.add(AttemptMetrics.of(attempt));
  }

  /** Counts what the attempt has counted as attempted, and as committed if it succeeded. */
  public synchronized void end(TaskScope attempt, boolean success) {
    AttemptMetrics metrics = AttemptMetrics.of(attempt);
    running.remove(metrics);
    ended.updateAll(metrics.steps());
    if (success) {
      committed.updateAll(metrics.steps());
    }
  }

  /** The attempted values of attempts that have ended; it goes on changing. */
  public MetricsContainerStepMap ended() {
    return ended;
  }

  /** Everything up to now. */
  public synchronized MetricResults results() {
    return MetricsContainerStepMap.asMetricResults(attempted(), snapshot(committed));
  }

  private MetricsContainerStepMap attempted() {
    MetricsContainerStepMap attempted = snapshot(ended);
    running.forEach(metrics -> attempted.updateAll(metrics.steps()));
    return attempted;
  }

  private static MetricsContainerStepMap snapshot(MetricsContainerStepMap steps) {
    MetricsContainerStepMap copy = new MetricsContainerStepMap();
    copy.updateAll(steps);
    return copy;
  }
}
