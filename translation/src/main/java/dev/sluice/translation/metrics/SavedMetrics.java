package dev.sluice.translation.metrics;

import java.util.List;
import org.apache.beam.model.pipeline.v1.MetricsApi.MonitoringInfo;
import org.apache.beam.runners.core.metrics.BoundedTrieData;
import org.apache.beam.runners.core.metrics.DistributionData;
import org.apache.beam.runners.core.metrics.GaugeData;
import org.apache.beam.runners.core.metrics.MetricUpdates;
import org.apache.beam.runners.core.metrics.MetricUpdates.MetricUpdate;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.runners.core.metrics.MonitoringInfoConstants.Labels;
import org.apache.beam.runners.core.metrics.MonitoringInfoMetricName;
import org.apache.beam.runners.core.metrics.StringSetData;
import org.apache.beam.sdk.metrics.MetricName;

/**
 * Reads metrics that were saved, under the names by which the pipeline counts on: Beam gives those
 * of users another kind of name, which equals none that user code has.
 */
public final class SavedMetrics {
  private SavedMetrics() {}

  /** Adds what {@code saved} has to {@code target}. */
  public static void read(List<MonitoringInfo> saved, MetricsContainerImpl target) {
    MetricsContainerImpl read = new MetricsContainerImpl("");
    read.update(saved);
    MetricUpdates all = read.getCumulative();
    for (MetricUpdate<Long> counter : all.counterUpdates()) {
      target.getCounter(name(counter)).inc(counter.getUpdate());
    }
    for (MetricUpdate<DistributionData> distribution : all.distributionUpdates()) {
      DistributionData data = distribution.getUpdate();
      target
          .getDistribution(name(distribution))
          .update(data.sum(), data.count(), data.min(), data.max());
    }
    for (MetricUpdate<GaugeData> gauge : all.gaugeUpdates()) {
      target.getGauge(name(gauge)).set(gauge.getUpdate().value());
    }
    for (MetricUpdate<StringSetData> set : all.stringSetUpdates()) {
      target.getStringSet(name(set)).add(set.getUpdate().stringSet().toArray(String[]::new));
    }
    for (MetricUpdate<BoundedTrieData> trie : all.boundedTrieUpdates()) {
      target.getBoundedTrie(name(trie)).update(trie.getUpdate());
    }
  }

  private static MetricName name(MetricUpdate<?> metric) {
    MetricName read = metric.getKey().metricName();
    return read instanceof MonitoringInfoMetricName info
            && info.getLabels().containsKey(Labels.NAMESPACE)
            && info.getLabels().containsKey(Labels.NAME)
        ? MetricName.named(info.getNamespace(), info.getName())
        : read;
  }
}
