package dev.sluice.translation.sideinput;

import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.time.Watermark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.beam.runners.core.NullSideInputReader;
import org.apache.beam.runners.core.SideInputReader;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;

/** The side inputs of one operator in one attempt. For use by one thread. */
public final class SideInputs implements SideInputReader {
  private final Map<TupleTag<?>, WindowedView<?>> views = new HashMap<>();

  private final Map<TupleTag<?>, Long> watermarks = new HashMap<>();

  private SideInputs() {}

  /**
   * Reads {@code views} from the operator's broadcasts, which are in the same order.
   *
   * @param streaming whether the broadcasts have panes that are replaced by later ones
   */
  public static SideInputReader open(
      List<PCollectionView<?>> views, OperatorContext context, boolean streaming) throws Exception {
    if (views.isEmpty()) {
      // Only this one lets Beam's runner pass elements in several windows without a copy for each.
      return NullSideInputReader.empty();
    }
    return open(views, context, streaming ? WindowedView::ofPanes : WindowedView::ofElements);
  }

  /** The same for {@code views} that are fed by panes; it tells which are ready. */
  static SideInputs ofStream(List<PCollectionView<?>> views, OperatorContext context)
      throws Exception {
    return open(views, context, WindowedView::ofPanes);
  }

  private interface Build {
    WindowedView<?> view(PCollectionView<?> view, Iterable<WindowedValue<?>> records);
  }

  private static SideInputs open(
      List<PCollectionView<?>> views, OperatorContext context, Build build) throws Exception {
    SideInputs inputs = new SideInputs();
    for (int i = 0; i < views.size(); i++) {
      PCollectionView<?> view = views.get(i);
      int index = i;
      WindowedView<?> open =
          context
              .shared("side input " + i, LatestView::new)
              .at(
                  context.broadcastVersion(i),
                  () -> build.view(view, context.<WindowedValue<?>>broadcast(index)));
      inputs.views.put(Views.tag(view), open);
      inputs.watermarks.put(Views.tag(view), context.broadcastWatermark(i));
    }
    return inputs;
  }

  /** What was built of a broadcast last. Safe for use by many threads. */
  private static final class LatestView {
    private long version = -1;
    private WindowedView<?> view;

    synchronized WindowedView<?> at(long wanted, Supplier<WindowedView<?>> build) {
      if (view == null || version != wanted) {
        view = build.get();
        version = wanted;
      }
      return view;
    }
  }

  /**
   * Whether {@code view} has what an element in {@code mainWindow} may ask for: a pane has come, or
   * none will come that would be the first.
   */
  boolean isReady(PCollectionView<?> view, BoundedWindow mainWindow) {
    BoundedWindow window = view.getWindowMappingFn().getSideInputWindow(mainWindow);
    if (views.get(Views.tag(view)).contains(window)) {
      return true;
    }
    long watermark = watermarks.get(Views.tag(view));
    return watermark == Watermark.END || watermark > Views.firesBefore(view, window).getMillis();
  }

  /**
   * Whether {@code view} has, or still has, a pane that an element in {@code mainWindow} asks for.
   */
  boolean hasPane(PCollectionView<?> view, BoundedWindow mainWindow) {
    BoundedWindow window = view.getWindowMappingFn().getSideInputWindow(mainWindow);
    return views.get(Views.tag(view)).contains(window);
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
