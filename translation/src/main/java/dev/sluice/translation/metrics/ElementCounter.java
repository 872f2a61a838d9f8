package dev.sluice.translation.metrics;

import java.util.Map;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.runners.core.metrics.MonitoringInfoConstants.Labels;
import org.apache.beam.runners.core.metrics.MonitoringInfoConstants.Urns;
import org.apache.beam.runners.core.metrics.MonitoringInfoMetricName;
import org.apache.beam.sdk.metrics.MetricName;

/**
 * Counts the elements of one PCollection as Beam's system metric {@code element_count}. For use by
 * one thread; the count reaches the metrics with {@link #flush}.
 */
public final class ElementCounter {
  private final MetricsContainerImpl container;
  private final MetricName name;
  private long pending;

  /** A counter of {@code collection}, kept with the metrics of the transform that makes it. */
  public ElementCounter(MetricsContainerImpl container, String collection) {
    this.container = container;
    this.name =
        MonitoringInfoMetricName.named(Urns.ELEMENT_COUNT, Map.of(Labels.PCOLLECTION, collection));
  }

  /** Counts one element. */
  public void increment() {
    pending++;
  }

  /** Adds what was counted since the last time to the metric. */
  public void flush() {
    if (pending > 0) {
      container.getCounter(name).inc(pending);
      pending = 0;
    }
  }
}
