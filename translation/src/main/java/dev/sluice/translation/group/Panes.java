package dev.sluice.translation.group;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.state.KeyState;
import dev.sluice.translation.state.KeyCells;
import dev.sluice.translation.timers.KeyTimers;
import java.util.Iterator;
import java.util.List;
import org.apache.beam.runners.core.NullSideInputReader;
import org.apache.beam.runners.core.ReduceFnRunner;
import org.apache.beam.runners.core.SystemReduceFn;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.runners.core.triggers.ExecutableTriggerStateMachine;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.AppliedCombineFn;
import org.apache.beam.sdk.util.construction.TriggerTranslation;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * Beam's machine for windows, triggers and panes, which takes the elements of a key and window in
 * {@link Part}s. For use by one thread.
 */
final class Panes<K, V, S, OutputT> {
  private final Gathering<V, S, OutputT> gathering;
  private final WindowingStrategy<?, BoundedWindow> windowing;
  private final SerializablePipelineOptions options;
  private final Output<WindowedValue<KV<K, OutputT>>> output;
  private final SystemReduceFn<K, Part<S>, S, OutputT, BoundedWindow> reduceFn;
  private final Count part = new Count();
  private final ExecutableTriggerStateMachine trigger;

  Panes(
      Gathering<V, S, OutputT> gathering,
      Coder<K> keyCoder,
      WindowingStrategy<?, BoundedWindow> windowing,
      SerializablePipelineOptions options,
      Output<WindowedValue<KV<K, OutputT>>> output) {
    this.gathering = gathering;
    this.windowing = windowing;
    this.options = options;
    this.output = output;
    this.reduceFn =
        SystemReduceFn.combining(
            keyCoder,
            AppliedCombineFn.withAccumulatorCoder(
                new MergingParts<>(gathering), gathering.coder()));
    this.trigger =
        ExecutableTriggerStateMachine.create(
            new PartTriggers(part).machine(TriggerTranslation.toProto(windowing.getTrigger())));
  }

  /** The panes of one key, in whose {@code state} they are kept. */
  OfKey ofKey(K key, KeyState state, KeyTimers timers) {
    return new OfKey(key, state, timers);
  }

  /** The panes of one key. */
  final class OfKey {
    private final KeyTimers timers;
    private final ReduceFnRunner<K, Part<S>, OutputT, BoundedWindow> runner;

    private OfKey(K key, KeyState state, KeyTimers timers) {
      this.timers = timers;
      this.runner =
          new ReduceFnRunner<>(
              key,
              windowing,
              trigger,
              new KeyCells(key, state),
              timers,
              output::emit,
              NullSideInputReader.empty(),
              reduceFn,
              options.get());
    }

    /** Processes elements that come at once, each in one window. */
    void process(Iterable<WindowedValue<V>> elements) throws Exception {
      List<WindowedValue<Part<S>>> parts = Part.of(elements, gathering, windowing);
      // The machine tells a trigger that there is an element, and not which.
      runner.processElements(() -> counted(parts.iterator()));
    }

    private Iterator<WindowedValue<Part<S>>> counted(Iterator<WindowedValue<Part<S>>> parts) {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return parts.hasNext();
        }

        @Override
        public WindowedValue<Part<S>> next() {
          WindowedValue<Part<S>> next = parts.next();
          part.set(next.getValue().elements());
          return next;
        }
      };
    }

    /**
     * Processes the last elements of the key: nothing will come behind them, so early panes come
     * out as they would if the elements came in {@link Runs} with a little time between.
     */
    void processLast(Iterable<WindowedValue<V>> elements) throws Exception {
      boolean first = true;
      for (List<WindowedValue<V>> run : new Runs<>(elements)) {
        if (!first) {
          timers.tick();
          for (TimerData timer = timers.nextDue(); timer != null; timer = timers.nextDue()) {
            runner.onTimers(List.of(timer));
          }
        }
        first = false;
        process(run);
      }
    }

    /** Lets timers that are due fire. */
    void fire(List<TimerData> due) throws Exception {
      runner.onTimers(due);
    }

    /** Writes what is not in the key's state yet. */
    void persist() {
      runner.persist();
    }
  }
}
