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

/** Puts each element into the windows that a window function names for it. */
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
      Collection<BoundedWindow> windows = windowFn.assignWindows(new Element(element));
      output.emit(
          WindowedValues.of(
              element.getValue(), element.getTimestamp(), windows, element.getPaneInfo()));
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
      if (element.getWindows().size() != 1) {
        throw new IllegalStateException(
            "a window function asks for the window of an element that is in "
                + element.getWindows().size());
      }
      return element.getWindows().iterator().next();
    }
  }
}
