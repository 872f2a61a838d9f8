package dev.sluice.translation.sideinput;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.plan.Stateful;
import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.Kept;
import dev.sluice.engine.state.KeyState;
import dev.sluice.engine.state.NumberedFormat;
import dev.sluice.engine.state.StateFormat;
import dev.sluice.engine.state.StateView;
import dev.sluice.engine.time.Watermark;
import dev.sluice.translation.coder.CoderFingerprint;
import dev.sluice.translation.coder.ListCodec;
import dev.sluice.translation.metrics.AttemptMetrics;
import dev.sluice.translation.metrics.LateElements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.metrics.CounterCell;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;

/**
 * Keeps elements of a stream back until every side input is ready that their windows ask for, and
 * holds the watermark meanwhile. Those of a window go on in the order in which they came, ahead of
 * new ones. What comes for a window in one run is kept as one value.
 *
 * <p>An element that comes when its window has expired may find the panes forgotten that it would
 * have read: it is dropped then, and counted, rather than shown an empty view.
 *
 * @param views in the order of the operator's broadcasts
 * @param windowing of the elements
 */
public record AwaitViews<T>(
    List<PCollectionView<?>> views,
    Codec<WindowedValue<T>> codec,
    WindowingStrategy<?, ?> windowing)
    implements Operator<WindowedValue<T>>, Stateful {
  private static final CellAddress ELEMENTS = new CellAddress("", "elements");

  @Override
  public Processor<WindowedValue<T>> open(OperatorContext context) throws Exception {
    return new Waiting<>(this, context);
  }

  @Override
  public StateFormat stateFormat() {
    return new NumberedFormat<>(
        ELEMENTS, new ListCodec<>(codec), "waiting " + CoderFingerprint.of(codec));
  }

  private static final class Waiting<T> implements Processor<WindowedValue<T>> {
    private final AwaitViews<T> operator;
    private final SideInputs sideInputs;
    private final StateView states;
    private final Output<WindowedValue<T>> output;
    private final CounterCell dropped;
    private final Instant watermark;
    // Within a task these do not change.
    private final Map<BoundedWindow, Boolean> ready = new HashMap<>();
    private final Map<BoundedWindow, Boolean> gone = new HashMap<>();
    private final Map<BoundedWindow, List<WindowedValue<T>>> arrived = new LinkedHashMap<>();
    private boolean retried;

    Waiting(AwaitViews<T> operator, OperatorContext context) throws Exception {
      this.operator = operator;
      this.sideInputs = SideInputs.ofStream(operator.views(), context);
      this.states = context.state();
      this.output = context.output(0);
      this.dropped =
          LateElements.dropped(AttemptMetrics.of(context.scope()).container(context.name()));
      this.watermark = Instant.ofEpochMilli(context.progress().inputWatermark());
    }

    @Override
    public void process(WindowedValue<T> element) {
      retry();
      if (element.getWindows().size() == 1) {
        pass(element);
      } else if (element.getWindows().stream().allMatch(w -> isReady(w) && !isGone(w))) {
        output.emit(element);
      } else {
        element.explodeWindows().forEach(this::pass);
      }
    }

    private void pass(WindowedValue<T> element) {
      BoundedWindow window = window(element);
      if (isGone(window)) {
        dropped.inc();
      } else if (isReady(window)) {
        output.emit(element);
      } else {
        arrived.computeIfAbsent(window, w -> new ArrayList<>()).add(element);
      }
    }

    @Override
    public void advance(Progress now) {
      retry();
      arrived.values().forEach(this::keep);
      arrived.clear();
    }

    private void keep(List<WindowedValue<T>> elements) {
      long hold = Watermark.END;
      for (WindowedValue<T> element : elements) {
        hold = Math.min(hold, element.getTimestamp().getMillis());
      }
      states.key(states.nextNumber()).put(ELEMENTS, new Kept<>(elements, hold));
    }

    /** Lets go who need not wait any more. */
    private void retry() {
      if (retried) {
        return;
      }
      retried = true;
      for (Object number : states.keys()) {
        KeyState state = states.key(number);
        List<WindowedValue<T>> elements = kept(state);
        if (isReady(window(elements.get(0)))) {
          state.remove(ELEMENTS);
          elements.forEach(output::emit);
        }
      }
    }

    @SuppressWarnings("unchecked")
    private static <T> List<WindowedValue<T>> kept(KeyState state) {
      return ((Kept<List<WindowedValue<T>>>) state.peek(ELEMENTS)).value();
    }

    private static BoundedWindow window(WindowedValue<?> element) {
      return element.getWindows().iterator().next();
    }

    /** Whether it has expired, and a view has nothing for it: perhaps not any more. */
    private boolean isGone(BoundedWindow window) {
      return gone.computeIfAbsent(
          window,
          w ->
              LateElements.isLate(w, operator.windowing(), watermark)
                  && !operator.views().stream().allMatch(view -> sideInputs.hasPane(view, w)));
    }

    private boolean isReady(BoundedWindow window) {
      return ready.computeIfAbsent(
          window, w -> operator.views().stream().allMatch(view -> sideInputs.isReady(view, w)));
    }
  }
}
