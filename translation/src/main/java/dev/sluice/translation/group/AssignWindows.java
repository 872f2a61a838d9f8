package dev.sluice.translation.group;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import java.util.Collection;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/**
 * Puts each element into the windows that a window function names for it. One in several windows is
 * as many elements, whether a transform before has parted them or not.
 */
public record AssignWindows<T>(WindowFn<T, BoundedWindow> windowFn)
    implements Operator<WindowedValue<T>> {

  /** An operator for {@code windowFn}. */
  @SuppressWarnings("unchecked")
  public static AssignWindows<?> of(WindowFn<?, ?> windowFn) {
    return new AssignWindows<>((WindowFn<Object, BoundedWindow>) windowFn);
  }

  @Override
  public Processor<WindowedValue<T>> open(OperatorContext context) {
    Output<WindowedValue<T>> output = context.output(0);
    return element -> {
      for (WindowedValue<T> exploded : element.explodeWindows()) {
        Collection<BoundedWindow> windows = windowFn.assignWindows(new Element(exploded));
        output.emit(
            WindowedValues.of(
                exploded.getValue(), exploded.getTimestamp(), windows, exploded.getPaneInfo()));
      }
    };
  }

  private final class Element extends WindowFn<T, BoundedWindow>.AssignContext {
    private final WindowedValue<T> element;

    Element(WindowedValue<T> element) {
      windowFn.super();
      this.element = element;
    }

    @Override
    public T element() {
      return element.getValue();
    }

    @Override
    public Instant timestamp() {
      return element.getTimestamp();
    }

    @Override
    public BoundedWindow window() {
      return element.getWindows().iterator().next();
    }
  }
}
