package dev.sluice.translation.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.core.metrics.MetricUpdates;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;

/**
 * The block that a receiver fills on its thread: elements, and what their reader counts meanwhile.
 * For use by one thread.
 */
final class ReadBlocks {
  private final String transform;
  private final long intervalNs;
  private final int maxRecords;

  /** Looking at the clock costs as much as reading a small record: so often it is enough. */
  private static final int LOOK_MASK = 31;

  private List<Object> records = new ArrayList<>();
  private MetricsContainerImpl metrics;
  private long startedNs;

  ReadBlocks(String transform, ReadSettings settings) {
    this.transform = transform;
    this.intervalNs = settings.blockIntervalMs() * 1_000_000;
    this.maxRecords = settings.blockRecords();
    this.metrics = new MetricsContainerImpl(transform);
  }

  /** Makes what the thread counts from now on the block's. */
  MetricsContainer enter() {
    return MetricsEnvironment.setCurrentContainer(metrics);
  }

  void add(Object element) {
    if (records.isEmpty()) {
      startedNs = System.nanoTime();
    }
    records.add(element);
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** Whether it is time to store the block. */
  boolean isFull() {
    return records.size() >= maxRecords || (looks() && System.nanoTime() - startedNs > intervalNs);
  }

  /** Whether it is time to look at the clock: the first records come one by one. */
  boolean looks() {
    int size = records.size();
    return size > 0 && (size <= LOOK_MASK || (size & LOOK_MASK) == 0);
  }

  /** Takes the block and begins the next. */
  List<Object> take() {
    List<Object> taken = records;
    if (hasCounted()) {
      taken.add(new BlockMetrics(metrics));
      metrics = new MetricsContainerImpl(transform);
      MetricsEnvironment.setCurrentContainer(metrics);
    }
    records = new ArrayList<>();
    return taken;
  }

  private boolean hasCounted() {
    MetricUpdates counted = metrics.getUpdates();
    return counted.counterUpdates().iterator().hasNext()
        || counted.distributionUpdates().iterator().hasNext()
        || counted.gaugeUpdates().iterator().hasNext()
        || counted.stringSetUpdates().iterator().hasNext()
        || counted.boundedTrieUpdates().iterator().hasNext();
  }
}
