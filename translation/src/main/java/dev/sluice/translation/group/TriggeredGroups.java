package dev.sluice.translation.group;

import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.state.KeyState;
import dev.sluice.translation.metrics.MetricsScope;
import dev.sluice.translation.timers.KeyTimers;
import dev.sluice.translation.timers.KeyTimers.Seen;
import java.util.List;
import org.apache.beam.runners.core.ReduceFnRunner;
import org.apache.beam.runners.core.SystemReduceFn;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;

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
    Panes<K, InputT, OutputT> panes =
        new Panes<>(reduceFn, Windowing.atEnd(windowing), options, output);
    MetricsScope metrics = MetricsScope.of(context.scope(), context.name());
    return group -> {
      MetricsContainer previous = metrics.enter();
      try {
        run(group, context.progress(), panes);
      } finally {
        metrics.exit(previous);
      }
    };
  }

  private void run(
      Group<K, WindowedValue<InputT>> group, Progress before, Panes<K, InputT, OutputT> panes)
      throws Exception {
    KeyState state = KeyState.passing();
    KeyTimers timers = new KeyTimers(state, before, Seen.BEYOND_TIMER);
    ReduceFnRunner<K, InputT, OutputT, BoundedWindow> runner =
        panes.runner(group.key(), state, timers);
    Panes.processLast(group.values(), runner, timers);
    timers.advance(Progress.end(before.processingTime()));
    for (TimerData timer = timers.next(); timer != null; timer = timers.next()) {
      runner.onTimers(List.of(timer));
    }
    runner.persist();
  }
}
