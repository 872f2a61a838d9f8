package dev.sluice.translation.group;

import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.translation.metrics.AttemptMetrics;
import dev.sluice.translation.metrics.LateElements;
import dev.sluice.translation.metrics.MetricsScope;
import org.apache.beam.runners.core.metrics.CounterCell;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/** Where the results of a stream's windows go, and the count of what came too late for them. */
final class OnePane<K, V, S, OutputT> {
  private final Gathering<V, S, OutputT> gathering;
  private final Output<WindowedValue<KV<K, OutputT>>> output;
  private final MetricsScope metrics;
  private final CounterCell droppedDueToLateness;

  OnePane(Gathering<V, S, OutputT> gathering, OperatorContext context) {
    this.gathering = gathering;
    this.output = context.output(0);
    var container = AttemptMetrics.of(context.scope()).container(context.name());
    this.metrics = new MetricsScope(container);
    this.droppedDueToLateness = LateElements.dropped(container);
  }

  void dropped(long elements) {
    droppedDueToLateness.inc(elements);
  }

  /** What a user's functions compute. */
  interface Work<T, X extends Exception> {
    T call() throws X;
  }

  /** Does {@code work}; what it counts belongs to the transform. */
  <T, X extends Exception> T measured(Work<T, X> work) throws X {
    MetricsContainer previous = metrics.enter();
    try {
      return work.call();
    } finally {
      metrics.exit(previous);
    }
  }

  /** Emits the result of a window at its end. */
  void emit(K key, OpenWindow<S> window, PaneInfo pane) {
    KV<K, OutputT> pair = measured(() -> KV.of(key, gathering.result(window.kept())));
    output.emit(
        WindowedValues.of(pair, Instant.ofEpochMilli(window.endMs()), window.window(), pane));
  }
}
