package dev.sluice.translation.group;

import dev.sluice.engine.codec.KeyIdentity;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.plan.Stateful;
import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.Kept;
import dev.sluice.engine.state.KeyState;
import dev.sluice.engine.state.StateFormat;
import dev.sluice.engine.state.StateView;
import dev.sluice.engine.state.Timer;
import dev.sluice.engine.state.TimerDomain;
import dev.sluice.engine.time.Watermark;
import dev.sluice.translation.coder.CoderFingerprint;
import dev.sluice.translation.coder.WindowedKey;
import dev.sluice.translation.coder.WindowedKeyCodec;
import dev.sluice.translation.state.BeamStateFormat;
import dev.sluice.translation.state.KeptCells;
import java.io.IOException;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;

/**
 * Groups or combines a stream by key and window where each of them has one result, when the
 * watermark passes the window's end: what {@link StreamedGroups} does with Beam's own machine, for
 * windows that do not merge and the triggers of {@link Windowing#hasOnePane}.
 */
record StreamedAtWindowEnd<K, V, S, OutputT>(
    Gathering<V, S, OutputT> gathering, WindowedKeyCodec<K> keyCodec, String transform)
    implements Operator<Group<WindowedKey<K>, V>>, Stateful {
  private static final CellAddress KEPT = new CellAddress("", "kept");
  private static final String END = "end";

  @Override
  public Processor<Group<WindowedKey<K>, V>> open(OperatorContext context) {
    return new WindowProcessor<>(this, context);
  }

  @Override
  public StateFormat stateFormat() {
    return new BeamStateFormat<>(
        keyCodec,
        null,
        new KeptCells<>(gathering.codec(transform)),
        "windows "
            + CoderFingerprint.of(keyCodec.keyCodec())
            + " "
            + CoderFingerprint.of(keyCodec.windowCoder())
            + " "
            + gathering.fingerprint());
  }

  private static final class WindowProcessor<K, V, S, OutputT>
      implements Processor<Group<WindowedKey<K>, V>> {
    private final Gathering<V, S, OutputT> gathering;
    private final WindowedKeyCodec<K> keyCodec;
    private final StateView states;
    private final OnePane<K, V, S, OutputT> panes;
    private final long lateBefore;

    WindowProcessor(StreamedAtWindowEnd<K, V, S, OutputT> operator, OperatorContext context) {
      this.gathering = operator.gathering();
      this.keyCodec = operator.keyCodec();
      this.states = context.state();
      this.panes = new OnePane<>(gathering, context);
      this.lateBefore = context.progress().inputWatermark();
    }

    @Override
    public void process(Group<WindowedKey<K>, V> group) throws IOException {
      long end = group.key().window().maxTimestamp().getMillis();
      if (end < lateBefore) {
        panes.dropped(gathering.elements(group.values()));
        return;
      }
      KeyState state = states.key(KeyIdentity.of(group.key(), keyCodec));
      Kept<S> before = kept(state);
      if (before == null) {
        state.setTimer(new Timer(END, TimerDomain.EVENT_TIME, end, end));
      }
      S after =
          panes.measured(
              () ->
                  gathering.add(
                      before == null ? gathering.nothing() : before.value(), group.values()));
      state.put(KEPT, new Kept<>(after, Watermark.END));
    }

    @SuppressWarnings("unchecked")
    private static <S> Kept<S> kept(KeyState state) {
      return (Kept<S>) state.peek(KEPT);
    }

    @Override
    public void advance(Progress now) throws IOException {
      states.forEachDue(
          TimerDomain.EVENT_TIME,
          now.inputWatermark(),
          (identity, state) -> {
            WindowedKey<K> key = KeyIdentity.key(identity, keyCodec);
            S kept = WindowProcessor.<S>kept(state).value();
            panes.emit(
                key.key(), OpenWindow.of(key.window(), kept), PaneInfo.ON_TIME_AND_ONLY_FIRING);
            state.remove(KEPT);
            state.removeTimer(END);
          });
    }
  }
}
