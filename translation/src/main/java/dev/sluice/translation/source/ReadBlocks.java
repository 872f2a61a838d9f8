package dev.sluice.translation.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;

/**
 * The block that a receiver fills on its thread: elements, and what their reader counts meanwhile.
 * For use by one thread.
 */
final class ReadBlocks {
  private final String transform;
  private final FillTime time;
  private final int maxRecords;

  private List<Object> records = new ArrayList<>();
  private MetricsContainerImpl metrics;

  ReadBlocks(String transform, ReadSettings settings) {
    this.transform = transform;
    this.time = new FillTime(settings.blockIntervalMs());
    this.maxRecords = settings.blockRecords();
    this.metrics = new MetricsContainerImpl(transform);
  }

  /** Makes what the thread counts from now on the block's. */
  MetricsContainer enter() {
    return MetricsEnvironment.setCurrentContainer(metrics);
  }

  void add(Object element) {
    if (records.isEmpty()) {
      time.start();
    }
    records.add(element);
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  int size() {
    return records.size();
  }

  /** Whether it is time to store the block. */
  boolean isFull() {
    return hasMost() || (!records.isEmpty() && time.isOver());
  }

  /** Whether it has as many records as a block may have. */
  boolean hasMost() {
    return records.size() >= maxRecords;
  }

  /** Takes the block and begins the next. */
  List<Object> take() {
    List<Object> taken = records;
    BlockMetrics counted = new BlockMetrics(metrics);
    if (!counted.isEmpty()) {
      taken.add(counted);
      metrics = new MetricsContainerImpl(transform);
      MetricsEnvironment.setCurrentContainer(metrics);
    }
    records = new ArrayList<>();
    return taken;
  }
}
