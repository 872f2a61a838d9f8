package dev.sluice.translation.metrics;

import org.apache.beam.runners.core.LateDataDroppingDoFnRunner;
import org.apache.beam.runners.core.LateDataUtils;
import org.apache.beam.runners.core.metrics.CounterCell;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;

/** Elements that come too late for their windows. */
public final class LateElements {
  private LateElements() {}

  /** Counts those that were dropped, under the name that Beam's own runners give them. */
  public static CounterCell dropped(MetricsContainerImpl metrics) {
    return metrics.getCounter(
        MetricName.named(
            LateDataDroppingDoFnRunner.class, LateDataDroppingDoFnRunner.DROPPED_DUE_TO_LATENESS));
  }

  /** Whether {@code window} has expired at {@code watermark}. */
  public static boolean isLate(
      BoundedWindow window, WindowingStrategy<?, ?> windowing, Instant watermark) {
    return LateDataUtils.garbageCollectionTime(window, windowing).isBefore(watermark);
  }
}
