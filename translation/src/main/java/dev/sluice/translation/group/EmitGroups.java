package dev.sluice.translation.group;

import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import dev.sluice.translation.coder.WindowedKey;
import dev.sluice.translation.metrics.MetricsScope;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;

/** The end of a grouping: groups of the engine become the elements that Beam defines. */
final class EmitGroups {
  private EmitGroups() {}

  private abstract static class Emitter<G, K, V, OutputT> implements Processor<G> {
    private final GroupResult<V, OutputT> result;
    private final Output<WindowedValue<KV<K, OutputT>>> output;
    private final MetricsScope metrics;

    Emitter(GroupResult<V, OutputT> result, OperatorContext context) {
      this.result = result;
      this.output = context.output(0);
      this.metrics = MetricsScope.of(context.scope(), context.name());
    }

    void emit(K key, Iterable<V> values, BoundedWindow window, Instant timestamp) {
      KV<K, OutputT> pair;
      MetricsContainer previous = metrics.enter();
      try {
        pair = result.pair(key, values);
      } finally {
        metrics.exit(previous);
      }
      output.emit(WindowedValues.of(pair, timestamp, window, PaneInfo.ON_TIME_AND_ONLY_FIRING));
    }
  }

  /** Of values in the global window. */
  record Global<K, V, OutputT>(GroupResult<V, OutputT> result) implements Operator<Group<K, V>> {
    @Override
    public Processor<Group<K, V>> open(OperatorContext context) {
      return new Emitter<Group<K, V>, K, V, OutputT>(result, context) {
        @Override
        public void process(Group<K, V> group) {
          GlobalWindow window = GlobalWindow.INSTANCE;
          emit(group.key(), group.values(), window, window.maxTimestamp());
        }
      };
    }
  }

  /** Of values by key and window, at the window's end. */
  record AtWindowEnd<K, V, OutputT>(GroupResult<V, OutputT> result)
      implements Operator<Group<WindowedKey<K>, V>> {
    @Override
    public Processor<Group<WindowedKey<K>, V>> open(OperatorContext context) {
      return new Emitter<Group<WindowedKey<K>, V>, K, V, OutputT>(result, context) {
        @Override
        public void process(Group<WindowedKey<K>, V> group) {
          BoundedWindow window = group.key().window();
          emit(group.key().key(), group.values(), window, window.maxTimestamp());
        }
      };
    }
  }

  /** Of values by key and window, at a time that the values decide. */
  record AtCombinedTime<K, V, OutputT>(
      GroupResult<V, OutputT> result, WindowingStrategy<?, ?> windowing)
      implements Operator<Group<WindowedKey<K>, Timed<V>>> {
    @Override
    public Processor<Group<WindowedKey<K>, Timed<V>>> open(OperatorContext context) {
      return new Emitter<Group<WindowedKey<K>, Timed<V>>, K, V, OutputT>(result, context) {
        @Override
        public void process(Group<WindowedKey<K>, Timed<V>> group) {
          BoundedWindow window = group.key().window();
          Iterable<Instant> times = Lazy.map(group.values(), Timed::timestamp);
          Instant timestamp = Merging.combinedTime(windowing, window, times);
          emit(group.key().key(), Lazy.map(group.values(), Timed::value), window, timestamp);
        }
      };
    }
  }

  /** Of values by key, whose windows are merged here. */
  record Merged<K, V, OutputT>(GroupResult<V, OutputT> result, WindowingStrategy<?, ?> windowing)
      implements Operator<Group<K, WindowedValue<V>>> {
    @Override
    public Processor<Group<K, WindowedValue<V>>> open(OperatorContext context) {
      return new Emitter<Group<K, WindowedValue<V>>, K, V, OutputT>(result, context) {
        @Override
        public void process(Group<K, WindowedValue<V>> group) throws Exception {
          for (Merging.Window<V> window : Merging.merge(windowing, group.values())) {
            emit(group.key(), window.values(), window.window(), window.timestamp());
          }
        }
      };
    }
  }
}
