package dev.sluice.translation.group;

import dev.sluice.engine.codec.Shared;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import java.util.Collection;
import java.util.List;
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
    Assigner assigner = new Assigner(context.output(0));
    return element -> {
      if (element.getWindows().size() == 1) {
        assigner.assign(element);
      } else {
        for (WindowedValue<T> exploded : element.explodeWindows()) {
          assigner.assign(exploded);
        }
      }
    };
  }

  /** Shows the window function one element after another. */
  private final class Assigner extends WindowFn<T, BoundedWindow>.AssignContext {
    private final Output<WindowedValue<T>> output;
    private final Shared windows = new Shared();
    private WindowedValue<T> element;

    Assigner(Output<WindowedValue<T>> output) {
      windowFn.super();
      this.output = output;
    }

    void assign(WindowedValue<T> next) throws Exception {
      element = next;
      Collection<BoundedWindow> assigned = windowFn.assignWindows(this);
      output.emit(
          WindowedValues.of(
              next.getValue(), next.getTimestamp(), shared(assigned), next.getPaneInfo()));
    }

    /** Elements of one window keep one object, where there are few windows. */
    private Collection<BoundedWindow> shared(Collection<BoundedWindow> assigned) {
      if (!windowFn.isNonMerging()) {
        return assigned;
      }
      if (assigned.size() == 1) {
        return List.of(windows.of(assigned.iterator().next()));
      }
      return assigned.stream().map(windows::of).toList();
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
      return Windowing.onlyWindow(element);
    }
  }
}
