package dev.sluice.translation.source;

import dev.sluice.translation.metrics.SavedMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.model.pipeline.v1.MetricsApi.MonitoringInfo;
import org.apache.beam.runners.core.metrics.MetricUpdates;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.collect.Iterables;

/**
 * What a reader has counted since the last time. It goes with the records in their block, so that
 * it counts when they do.
 */
record BlockMetrics(MetricsContainerImpl container) {

  /** Whether nothing was counted. */
  boolean isEmpty() {
    MetricUpdates counted = container.getUpdates();
    return Iterables.isEmpty(counted.counterUpdates())
        && Iterables.isEmpty(counted.distributionUpdates())
        && Iterables.isEmpty(counted.gaugeUpdates())
        && Iterables.isEmpty(counted.stringSetUpdates())
        && Iterables.isEmpty(counted.boundedTrieUpdates());
  }

  void encode(OutputStream out) throws IOException {
    for (MonitoringInfo info : container.getMonitoringInfos()) {
      out.write(1);
      info.writeDelimitedTo(out);
    }
    out.write(0);
  }

  static BlockMetrics decode(InputStream in, String transform) throws IOException {
    List<MonitoringInfo> infos = new ArrayList<>();
    while (in.read() == 1) {
      infos.add(MonitoringInfo.parseDelimitedFrom(in));
    }
    MetricsContainerImpl container = new MetricsContainerImpl(transform);
    SavedMetrics.read(infos, container);
    return new BlockMetrics(container);
  }
}
