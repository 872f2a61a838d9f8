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
import dev.sluice.translation.coder.CoderFingerprint;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * Keeps elements of a stream back until every side input is ready that their windows ask for, and
 * holds the watermark meanwhile. They go on in the order in which they came, ahead of new ones.
 *
 * @param views in the order of the operator's broadcasts
 */
public record AwaitViews<T>(List<PCollectionView<?>> views, Codec<WindowedValue<T>> codec)
    implements Operator<WindowedValue<T>>, Stateful {
  private static final CellAddress ELEMENT = new CellAddress("", "element");

  @Override
  public Processor<WindowedValue<T>> open(OperatorContext context) throws Exception {
    return new Waiting<>(this, context);
  }

  @Override
  public StateFormat stateFormat() {
    return new NumberedFormat<>(ELEMENT, codec, "waiting " + CoderFingerprint.of(codec));
  }

  private static final class Waiting<T> implements Processor<WindowedValue<T>> {
    private final AwaitViews<T> operator;
    private final SideInputs sideInputs;
    private final StateView states;
    private final Output<WindowedValue<T>> output;
    private boolean retried;

    Waiting(AwaitViews<T> operator, OperatorContext context) throws Exception {
      this.operator = operator;
      this.sideInputs = SideInputs.ofStream(operator.views(), context);
      this.states = context.state();
      this.output = context.output(0);
    }

    @Override
    public void process(WindowedValue<T> element) {
      retry();
      if (element.getWindows().stream().allMatch(this::isReady)) {
        output.emit(element);
        return;
      }
      for (WindowedValue<T> exploded : element.explodeWindows()) {
        if (isReady(exploded.getWindows().iterator().next())) {
          output.emit(exploded);
        } else {
          keep(exploded);
        }
      }
    }

    private void keep(WindowedValue<T> element) {
      states
          .key(states.nextNumber())
          .put(ELEMENT, new Kept<>(element, element.getTimestamp().getMillis()));
    }

    @Override
    public void advance(Progress now) {
      retry();
    }

    /** Lets go who need not wait any more; within a task that does not change. */
    private void retry() {
      if (retried) {
        return;
      }
      retried = true;
      for (Object number : states.keys()) {
        KeyState state = states.key(number);
        WindowedValue<T> element = element(state);
        if (isReady(element.getWindows().iterator().next())) {
          state.remove(ELEMENT);
          output.emit(element);
        }
      }
    }

    @SuppressWarnings("unchecked")
    private static <T> WindowedValue<T> element(KeyState state) {
      Kept<WindowedValue<T>> kept =
          (Kept<WindowedValue<T>>)
              state.cell(
                  ELEMENT,
                  () -> {
                    throw new IllegalStateException("a key without the element that it stands for");
                  });
      return kept.value();
    }

    private boolean isReady(BoundedWindow window) {
      return operator.views().stream().allMatch(view -> sideInputs.isReady(view, window));
    }
  }
}
