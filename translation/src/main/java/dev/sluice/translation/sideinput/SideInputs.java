package dev.sluice.translation.sideinput;

import dev.sluice.engine.plan.OperatorContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.NullSideInputReader;
import org.apache.beam.runners.core.SideInputReader;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;

/** The side inputs of one operator in one attempt. For use by one thread. */
public final class SideInputs implements SideInputReader {
  private final Map<TupleTag<?>, WindowedView<?>> views = new HashMap<>();

  private SideInputs() {}

  /** Reads {@code views} from the operator's broadcasts, which are in the same order. */
  public static SideInputReader open(List<PCollectionView<?>> views, OperatorContext context)
      throws Exception {
    if (views.isEmpty()) {
      // Only this one lets Beam's runner pass elements in several windows without a copy for each.
      return NullSideInputReader.empty();
    }
    SideInputs inputs = new SideInputs();
    for (int i = 0; i < views.size(); i++) {
      inputs.views.put(Views.tag(views.get(i)), open(views.get(i), i, context));
    }
    return inputs;
  }

  private static WindowedView<?> open(PCollectionView<?> view, int index, OperatorContext context)
      throws Exception {
    return context.shared(
        "side input " + index,
        () -> WindowedView.build(view, context.<WindowedValue<?>>broadcast(index)));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T get(PCollectionView<T> view, BoundedWindow window) {
    WindowedView<?> open = views.get(Views.tag(view));
    if (open == null) {
      throw new IllegalArgumentException("not a side input of this transform: " + view);
    }
    return (T) open.get(window);
  }

  @Override
  public <T> boolean contains(PCollectionView<T> view) {
    return views.containsKey(Views.tag(view));
  }

  @Override
  public boolean isEmpty() {
    return views.isEmpty();
  }
}
