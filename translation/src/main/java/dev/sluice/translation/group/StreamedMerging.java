package dev.sluice.translation.group;

import dev.sluice.engine.codec.KeyCodec;
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
import dev.sluice.translation.coder.ListCodec;
import dev.sluice.translation.state.BeamStateFormat;
import dev.sluice.translation.state.KeptCells;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.Timing;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * Groups or combines a stream by key where windows merge and each has one result, when the
 * watermark passes its end: what {@link StreamedGroups} does with Beam's own machine, for the
 * windows and triggers of {@link Windowing#hasOnePane}. A key has one cell, with its open windows,
 * and one timer, for the one that ends first.
 */
record StreamedMerging<K, V, S, OutputT>(
    Gathering<V, S, OutputT> gathering,
    KeyCodec<K> keyCodec,
    WindowingStrategy<?, ?> windowing,
    String transform)
    implements Operator<Group<K, WindowedValue<V>>>, Stateful {
  private static final CellAddress OPEN = new CellAddress("", "open");
  private static final String END = "end";

  @Override
  public Processor<Group<K, WindowedValue<V>>> open(OperatorContext context) {
    return new MergingProcessor<>(this, context);
  }

  @Override
  public StateFormat stateFormat() {
    var windowCoder = Windowing.windowCoder(windowing);
    return new BeamStateFormat<>(
        keyCodec,
        null,
        new KeptCells<>(
            new ListCodec<>(new OpenWindow.WindowCodec<>(windowCoder, gathering.codec(transform)))),
        "merging windows "
            + CoderFingerprint.of(keyCodec)
            + " "
            + CoderFingerprint.of(windowCoder)
            + " "
            + gathering.fingerprint());
  }

  private static final class MergingProcessor<K, V, S, OutputT>
      implements Processor<Group<K, WindowedValue<V>>> {
    private final Gathering<V, S, OutputT> gathering;
    private final KeyCodec<K> keyCodec;
    private final WindowingStrategy<?, ?> windowing;
    private final StateView states;
    private final OnePane<K, V, S, OutputT> panes;
    private final Progress before;

    MergingProcessor(StreamedMerging<K, V, S, OutputT> operator, OperatorContext context) {
      this.gathering = operator.gathering();
      this.keyCodec = operator.keyCodec();
      this.windowing = operator.windowing();
      this.states = context.state();
      this.panes = new OnePane<>(gathering, context);
      this.before = context.progress();
    }

    @Override
    public void process(Group<K, WindowedValue<V>> group) throws Exception {
      Map<BoundedWindow, List<V>> arrived = inTime(group.values());
      if (arrived.isEmpty()) {
        return;
      }
      KeyState state = states.key(KeyIdentity.of(group.key(), keyCodec));
      List<OpenWindow<S>> merged = panes.measured(() -> merged(open(state), arrived));
      List<OpenWindow<S>> stillOpen = new ArrayList<>();
      for (OpenWindow<S> window : merged) {
        if (window.endMs() < before.inputWatermark()) {
          // Its elements were in time in windows that end later than the one they merge into.
          panes.emit(group.key(), window, pastEnd(window));
        } else {
          stillOpen.add(window);
        }
      }
      keep(state, stillOpen);
    }

    private Map<BoundedWindow, List<V>> inTime(Iterable<WindowedValue<V>> values) {
      Map<BoundedWindow, List<V>> arrived = byWindow(values);
      arrived
          .entrySet()
          .removeIf(
              window -> {
                boolean late = window.getKey().maxTimestamp().getMillis() < before.inputWatermark();
                if (late) {
                  panes.dropped(window.getValue().size());
                }
                return late;
              });
      return arrived;
    }

    private static <V> Map<BoundedWindow, List<V>> byWindow(Iterable<WindowedValue<V>> values) {
      Map<BoundedWindow, List<V>> all = new LinkedHashMap<>();
      BoundedWindow last = null;
      List<V> ofLast = null;
      for (WindowedValue<V> value : values) {
        for (BoundedWindow window : value.getWindows()) {
          if (!window.equals(last)) {
            last = window;
            ofLast = all.computeIfAbsent(window, w -> new ArrayList<>());
          }
          ofLast.add(value.getValue());
        }
      }
      return all;
    }

    private List<OpenWindow<S>> merged(
        List<OpenWindow<S>> open, Map<BoundedWindow, List<V>> arrived) throws Exception {
      Set<BoundedWindow> windows = new LinkedHashSet<>();
      open.forEach(window -> windows.add(window.window()));
      windows.addAll(arrived.keySet());
      Map<BoundedWindow, BoundedWindow> mergedOf = Merging.mergedWindows(windowing, windows);
      Map<BoundedWindow, List<OpenWindow<S>>> kept = new LinkedHashMap<>();
      for (OpenWindow<S> window : open) {
        kept.computeIfAbsent(mergedOf.get(window.window()), w -> new ArrayList<>()).add(window);
      }
      Map<BoundedWindow, List<V>> added = new LinkedHashMap<>();
      arrived.forEach(
          (window, values) ->
              added.computeIfAbsent(mergedOf.get(window), w -> new ArrayList<>()).addAll(values));
      List<OpenWindow<S>> merged = new ArrayList<>();
      Set<BoundedWindow> results = new LinkedHashSet<>(kept.keySet());
      results.addAll(added.keySet());
      for (BoundedWindow window : results) {
        merged.add(merged(window, kept.getOrDefault(window, List.of()), added.get(window)));
      }
      return merged;
    }

    private OpenWindow<S> merged(BoundedWindow window, List<OpenWindow<S>> parts, List<V> added) {
      if (added == null && parts.size() == 1 && parts.get(0).window().equals(window)) {
        return parts.get(0);
      }
      S all =
          switch (parts.size()) {
            case 0 -> gathering.nothing();
            case 1 -> parts.get(0).kept();
            default -> gathering.merge(parts.stream().map(OpenWindow::kept).toList());
          };
      return OpenWindow.of(window, added == null ? all : gathering.add(all, added));
    }

    private PaneInfo pastEnd(OpenWindow<S> window) {
      Timing timing = before.outputWatermark() > window.endMs() ? Timing.LATE : Timing.ON_TIME;
      return PaneInfo.createPane(true, false, timing, 0, 0);
    }

    private void keep(KeyState state, List<OpenWindow<S>> open) {
      if (open.isEmpty()) {
        state.remove(OPEN);
        state.removeTimer(END);
        return;
      }
      state.put(OPEN, new Kept<>(open, Watermark.END));
      long first = Long.MAX_VALUE;
      for (OpenWindow<S> window : open) {
        first = Math.min(first, window.endMs());
      }
      Timer set = state.first(TimerDomain.EVENT_TIME);
      if (set == null || set.timestamp() != first) {
        state.setTimer(new Timer(END, TimerDomain.EVENT_TIME, first, first));
      }
    }

    @SuppressWarnings("unchecked")
    private static <S> List<OpenWindow<S>> open(KeyState state) {
      Kept<List<OpenWindow<S>>> open = (Kept<List<OpenWindow<S>>>) state.peek(OPEN);
      return open == null ? List.of() : open.value();
    }

    @Override
    public void advance(Progress now) throws IOException {
      states.forEachDue(
          TimerDomain.EVENT_TIME,
          now.inputWatermark(),
          (identity, state) ->
              fire(KeyIdentity.key(identity, keyCodec), state, now.inputWatermark()));
    }

    private void fire(K key, KeyState state, long watermark) {
      List<OpenWindow<S>> stillOpen = new ArrayList<>();
      for (OpenWindow<S> window : MergingProcessor.<S>open(state)) {
        if (window.endMs() < watermark) {
          panes.emit(key, window, PaneInfo.ON_TIME_AND_ONLY_FIRING);
        } else {
          stillOpen.add(window);
        }
      }
      keep(state, stillOpen);
    }
  }
}
