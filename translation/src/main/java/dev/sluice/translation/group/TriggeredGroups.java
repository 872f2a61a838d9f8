package dev.sluice.translation.group;

import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import dev.sluice.translation.metrics.AttemptMetrics;
import dev.sluice.translation.metrics.MetricsScope;
import dev.sluice.translation.timers.KeyTimers;
import java.util.List;
import org.apache.beam.runners.core.InMemoryStateInternals;
import org.apache.beam.runners.core.NullSideInputReader;
import org.apache.beam.runners.core.ReduceFnRunner;
import org.apache.beam.runners.core.SystemReduceFn;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.runners.core.triggers.ExecutableTriggerStateMachine;
import org.apache.beam.runners.core.triggers.TriggerStateMachines;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.construction.TriggerTranslation;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Duration;

/**
 * Groups or combines key by key under a trigger of the user's, with Beam's own machine for panes:
 * early panes come out as they would if the elements came in {@link Parts} with a little time
 * between, and the last when the input ends.
 */
record TriggeredGroups<K, InputT, OutputT>(
    SystemReduceFn<K, InputT, ?, OutputT, BoundedWindow> reduceFn,
    WindowingStrategy<?, BoundedWindow> windowing,
    SerializablePipelineOptions options)
    implements Operator<Group<K, WindowedValue<InputT>>> {

  @Override
  public Processor<Group<K, WindowedValue<InputT>>> open(OperatorContext context) {
    Output<WindowedValue<KV<K, OutputT>>> output = context.output(0);
    MetricsScope metrics =
        new MetricsScope(AttemptMetrics.of(context.scope()).container(context.name()));
    return group -> {
      MetricsContainer previous = metrics.enter();
      try {
        run(group, output);
      } finally {
        metrics.exit(previous);
      }
    };
  }

  private void run(
      Group<K, WindowedValue<InputT>> group, Output<WindowedValue<KV<K, OutputT>>> output)
      throws Exception {
    KeyTimers timers = new KeyTimers(System::currentTimeMillis, Duration.millis(1));
    ReduceFnRunner<K, InputT, OutputT, BoundedWindow> runner =
        new ReduceFnRunner<>(
            group.key(),
            windowing,
            ExecutableTriggerStateMachine.create(
                TriggerStateMachines.stateMachineForTrigger(
                    TriggerTranslation.toProto(windowing.getTrigger()))),
            InMemoryStateInternals.forKey(group.key()),
            timers,
            output::emit,
            NullSideInputReader.empty(),
            reduceFn,
            options.get());
    for (List<WindowedValue<InputT>> part : new Parts<>(group.values())) {
      runner.processElements(part);
      timers.tick();
      for (TimerData timer = timers.nextDue(); timer != null; timer = timers.nextDue()) {
        runner.onTimers(List.of(timer));
      }
    }
    for (TimerData timer = timers.next(); timer != null; timer = timers.next()) {
      runner.onTimers(List.of(timer));
    }
    runner.persist();
  }
}
