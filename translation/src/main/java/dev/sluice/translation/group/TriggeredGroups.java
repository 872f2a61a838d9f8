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
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.collect.Iterables;

/**
 * Groups or combines key by key under a trigger of the user's: early panes come out as they would
 * if the elements came in {@link Runs} with a little time between, and the last when the input
 * ends.
 */
record TriggeredGroups<K, V, S, OutputT>(
    Gathering<V, S, OutputT> gathering,
    Coder<K> keyCoder,
    WindowingStrategy<?, BoundedWindow> windowing,
    SerializablePipelineOptions options)
    implements Operator<Group<K, WindowedValue<V>>> {

  @Override
  public Processor<Group<K, WindowedValue<V>>> open(OperatorContext context) {
    Output<WindowedValue<KV<K, OutputT>>> output = context.output(0);
    Panes<K, V, S, OutputT> panes =
        new Panes<>(gathering, keyCoder, Windowing.atEnd(windowing), options, output);
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

  private void run(Group<K, WindowedValue<V>> group, Progress before, Panes<K, V, S, OutputT> panes)
      throws Exception {
    KeyState state = KeyState.passing();
    KeyTimers timers = new KeyTimers(state, before, Seen.BEYOND_TIMER);
    Panes<K, V, S, OutputT>.OfKey ofKey = panes.ofKey(group.key(), state, timers);
    // One after another, since the values may be more than the heap holds.
    ofKey.processLast(
        Iterables.concat(Iterables.transform(group.values(), WindowedValue::explodeWindows)));
    timers.advance(Progress.end(before.processingTime()));
    for (TimerData timer = timers.next(); timer != null; timer = timers.next()) {
      ofKey.fire(List.of(timer));
    }
    ofKey.persist();
  }
}
