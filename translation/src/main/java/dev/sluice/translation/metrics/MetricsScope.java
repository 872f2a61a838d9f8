package dev.sluice.translation.metrics;

import dev.sluice.engine.plan.TaskScope;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.metrics.MetricsEnvironment.MetricsEnvironmentState;

/**
 * Makes a step's container the current one around calls of user code. For use by the thread that
 * made it.
 */
public final class MetricsScope {
  private final MetricsEnvironmentState thread =
      MetricsEnvironment.getMetricsEnvironmentStateForCurrentThread();
  private final MetricsContainer container;

  /** A scope of what the step {@code name} counts in {@code attempt}, on this thread. */
  public static MetricsScope of(TaskScope attempt, String name) {
    return new MetricsScope(AttemptMetrics.of(attempt).container(name));
  }

  /** A scope of {@code container} on this thread. */
  public MetricsScope(MetricsContainer container) {
    this.container = container;
  }

  /** Enters the scope; the result is to be handed to {@link #exit}. */
  public MetricsContainer enter() {
    return thread.activate(container);
  }

  /** Leaves the scope. */
  public void exit(MetricsContainer previous) {
    thread.activate(previous);
  }
}
