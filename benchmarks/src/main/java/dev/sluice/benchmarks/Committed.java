package dev.sluice.benchmarks;

import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** What a pipeline that has ended has counted. */
final class Committed {
  private Committed() {}

  /** The counter {@code name} in the namespace of {@code owner}, which one transform has. */
  static long counter(PipelineResult result, Class<?> owner, String name) {
    MetricsFilter filter =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.named(owner, name)).build();
    return result.metrics().queryMetrics(filter).getCounters().iterator().next().getCommitted();
  }
}
