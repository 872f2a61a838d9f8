package dev.sluice.translation.group;

import dev.sluice.engine.codec.KeyIdentity;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.plan.Stateful;
import dev.sluice.engine.state.KeyState;
import dev.sluice.engine.state.StateFormat;
import dev.sluice.engine.state.StateView;
import dev.sluice.translation.coder.CoderFingerprint;
import dev.sluice.translation.coder.CoderKeyCodec;
import dev.sluice.translation.metrics.AttemptMetrics;
import dev.sluice.translation.metrics.LateElements;
import dev.sluice.translation.metrics.MetricsScope;
import dev.sluice.translation.state.BeamStateFormat;
import dev.sluice.translation.timers.DueTimes;
import dev.sluice.translation.timers.KeyTimers;
import dev.sluice.translation.timers.KeyTimers.Seen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.runners.core.metrics.CounterCell;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;

/**
 * Groups or combines a stream key by key, with Beam's own machine for windows, triggers and panes;
 * its state is kept from batch to batch.
 */
record StreamedGroups<K, V, S, OutputT>(
    Gathering<V, S, OutputT> gathering,
    CoderKeyCodec<K> keyCodec,
    WindowingStrategy<?, BoundedWindow> windowing,
    SerializablePipelineOptions options)
    implements Operator<Group<K, WindowedValue<V>>>, Stateful {

  @Override
  public Processor<Group<K, WindowedValue<V>>> open(OperatorContext context) {
    return new StreamProcessor<>(this, context);
  }

  @Override
  public StateFormat stateFormat() {
    Coder<BoundedWindow> windowCoder = Windowing.windowCoder(windowing);
    return new BeamStateFormat<>(
        keyCodec,
        windowCoder,
        null,
        "panes "
            + CoderFingerprint.of(keyCodec)
            + " "
            + CoderFingerprint.of(windowCoder)
            + " "
            + gathering.fingerprint());
  }

  private static final class StreamProcessor<K, V, S, OutputT>
      implements Processor<Group<K, WindowedValue<V>>> {
    private final StreamedGroups<K, V, S, OutputT> groups;
    private final MetricsScope metrics;
    private final CounterCell droppedDueToLateness;
    private final StateView states;
    private final Progress before;
    private final Instant watermark;
    private final Panes<K, V, S, OutputT> panes;

    StreamProcessor(StreamedGroups<K, V, S, OutputT> groups, OperatorContext context) {
      this.groups = groups;
      var container = AttemptMetrics.of(context.scope()).container(context.name());
      this.metrics = new MetricsScope(container);
      this.droppedDueToLateness = LateElements.dropped(container);
      this.states = context.state();
      this.before = context.progress();
      this.watermark = KeyTimers.instant(before.inputWatermark());
      Output<WindowedValue<KV<K, OutputT>>> output = context.output(0);
      this.panes =
          new Panes<>(
              groups.gathering(),
              groups.keyCodec().coder(),
              before.ended() ? Windowing.atEnd(groups.windowing()) : groups.windowing(),
              groups.options(),
              output);
    }

    @Override
    public void process(Group<K, WindowedValue<V>> group) throws Exception {
      List<WindowedValue<V>> inTime = inTime(group.values());
      if (inTime.isEmpty()) {
        return;
      }
      MetricsContainer previous = metrics.enter();
      try {
        KeyState state = states.key(KeyIdentity.of(group.key(), groups.keyCodec()));
        var ofKey = panes.ofKey(group.key(), state, new KeyTimers(state, before, Seen.BY_INPUT));
        if (before.ended()) {
          ofKey.processLast(inTime);
        } else {
          ofKey.process(inTime);
        }
        ofKey.persist();
      } finally {
        metrics.exit(previous);
      }
    }

    /** The values whose windows have not expired, each in one of them. */
    private List<WindowedValue<V>> inTime(Iterable<WindowedValue<V>> values) {
      List<WindowedValue<V>> inTime = new ArrayList<>();
      for (WindowedValue<V> value : values) {
        for (WindowedValue<V> exploded : value.explodeWindows()) {
          BoundedWindow window = Windowing.onlyWindow(exploded);
          if (LateElements.isLate(window, groups.windowing(), watermark)) {
            droppedDueToLateness.inc(
                groups.gathering().elements(Collections.singletonList(value.getValue())));
          } else {
            inTime.add(exploded);
          }
        }
      }
      return inTime;
    }

    @Override
    public void advance(Progress now) throws Exception {
      MetricsContainer previous = metrics.enter();
      try {
        states.forEachDue(
            DueTimes.at(now),
            (identity, state) -> advance(KeyIdentity.key(identity, groups.keyCodec()), state, now));
      } finally {
        metrics.exit(previous);
      }
    }

    private void advance(K key, KeyState state, Progress now) throws Exception {
      KeyTimers timers = new KeyTimers(state, before, Seen.BY_INPUT);
      timers.advance(now);
      List<TimerData> due = due(timers, now.ended());
      if (due.isEmpty()) {
        return;
      }
      var ofKey = panes.ofKey(key, state, timers);
      while (!due.isEmpty()) {
        ofKey.fire(due);
        due = due(timers, now.ended());
      }
      ofKey.persist();
    }

    /** All that is due; one at a time if time moves from timer to timer. */
    private static List<TimerData> due(KeyTimers timers, boolean one) {
      List<TimerData> due = new ArrayList<>();
      for (TimerData timer = timers.next(); timer != null; timer = one ? null : timers.next()) {
        due.add(timer);
      }
      return due;
    }
  }
}
