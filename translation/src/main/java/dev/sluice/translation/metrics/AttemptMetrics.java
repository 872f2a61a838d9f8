package dev.sluice.translation.metrics;

import dev.sluice.engine.plan.TaskScope;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;

/** What one attempt of one task has counted. Written by its thread, read by any. */
public final class AttemptMetrics {
  private final MetricsContainerStepMap steps = new MetricsContainerStepMap();

  /** The metrics of {@code attempt}. */
  public static AttemptMetrics of(TaskScope attempt) {
    return attempt.local(AttemptMetrics.class, AttemptMetrics::new);
  }

  /** The container of the transform with this full name. */
  public MetricsContainerImpl container(String step) {
    return steps.getContainer(step);
  }

  MetricsContainerStepMap steps() {
    return steps;
  }
}
