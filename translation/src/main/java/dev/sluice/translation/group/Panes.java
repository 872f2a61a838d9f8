package dev.sluice.translation.group;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.state.KeyState;
import dev.sluice.translation.state.KeyCells;
import dev.sluice.translation.timers.KeyTimers;
import java.util.List;
import org.apache.beam.runners.core.NullSideInputReader;
import org.apache.beam.runners.core.ReduceFnRunner;
import org.apache.beam.runners.core.SystemReduceFn;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.runners.core.triggers.ExecutableTriggerStateMachine;
import org.apache.beam.runners.core.triggers.TriggerStateMachines;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.construction.TriggerTranslation;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;

/** Beam's machine for windows, triggers and panes, with one runner a key. For one thread. */
final class Panes<K, InputT, OutputT> {
  private final SystemReduceFn<K, InputT, ?, OutputT, BoundedWindow> reduceFn;
  private final WindowingStrategy<?, BoundedWindow> windowing;
  private final SerializablePipelineOptions options;
  private final Output<WindowedValue<KV<K, OutputT>>> output;
  private final ExecutableTriggerStateMachine trigger;

  Panes(
      SystemReduceFn<K, InputT, ?, OutputT, BoundedWindow> reduceFn,
      WindowingStrategy<?, BoundedWindow> windowing,
      SerializablePipelineOptions options,
      Output<WindowedValue<KV<K, OutputT>>> output) {
    this.reduceFn = reduceFn;
    this.windowing = windowing;
    this.options = options;
    this.output = output;
    this.trigger =
        ExecutableTriggerStateMachine.create(
            TriggerStateMachines.stateMachineForTrigger(
                TriggerTranslation.toProto(windowing.getTrigger())));
  }

  /** The machine of {@code key}. */
  ReduceFnRunner<K, InputT, OutputT, BoundedWindow> runner(
      K key, KeyState state, KeyTimers timers) {
    return new ReduceFnRunner<>(
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

  /**
   * Processes the last elements of a key: nothing will come behind them, so early panes come out as
   * they would if the elements came in {@link Parts} with a little time between.
   */
  static <InputT> void processLast(
      Iterable<WindowedValue<InputT>> elements,
      ReduceFnRunner<?, InputT, ?, ?> runner,
      KeyTimers timers)
      throws Exception {
    boolean first = true;
    for (List<WindowedValue<InputT>> part : new Parts<>(elements)) {
      if (!first) {
        timers.tick();
        for (TimerData timer = timers.nextDue(); timer != null; timer = timers.nextDue()) {
          runner.onTimers(List.of(timer));
        }
      }
      first = false;
      runner.processElements(part);
    }
  }
}
