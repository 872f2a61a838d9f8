package dev.sluice.runner;

import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** The one counter of the tests' DoFns. */
final class TestCounter {
  private static final String NAMESPACE = "test";
  private static final String NAME = "elements";

  private TestCounter() {}

  static Counter counter() {
    return Metrics.counter(NAMESPACE, NAME);
  }

  /** Its value in {@code result}, of the only transform that counts. */
  static MetricResult<Long> in(PipelineResult result) {
    MetricsFilter filter =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.named(NAMESPACE, NAME)).build();
    var counters = result.metrics().queryMetrics(filter).getCounters().iterator();
    MetricResult<Long> only = counters.next();
    if (counters.hasNext()) {
      throw new IllegalStateException("several transforms count: " + only + ", " + counters.next());
    }
    return only;
  }

  /** What counts of it: 0 if nothing has been counted yet. */
  static long committed(PipelineResult result) {
    return in(result).getCommittedOrNull() == null ? 0 : in(result).getCommitted();
  }
}
