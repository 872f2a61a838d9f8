package dev.sluice.translation.sideinput;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.runners.core.InMemoryMultimapSideInputView;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Materializations;
import org.apache.beam.sdk.transforms.Materializations.IterableView;
import org.apache.beam.sdk.transforms.ViewFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * The values of one view, window by window. Safe for use by many threads once built.
 *
 * <p>What user code sees of a window is made at the first request and kept.
 */
final class WindowedView<T> {
  private final PCollectionView<T> view;
  private final Map<BoundedWindow, List<Object>> elements = new HashMap<>();
  private final Map<BoundedWindow, Result<T>> results = new ConcurrentHashMap<>();

  private WindowedView(PCollectionView<T> view) {
    this.view = view;
  }

  /** Maps cannot hold null, a view can. */
  private record Result<T>(T value) {}

  /** Of a bounded input's elements. */
  static <T> WindowedView<T> ofElements(
      PCollectionView<T> view, Iterable<WindowedValue<?>> records) {
    WindowedView<T> built = new WindowedView<>(view);
    for (WindowedValue<?> record : records) {
      for (BoundedWindow window : record.getWindows()) {
        built.elements.computeIfAbsent(window, w -> new ArrayList<>()).add(record.getValue());
      }
    }
    return built;
  }

  /** Of the panes of a stream: of each window the last, with all its elements. */
  @SuppressWarnings("unchecked")
  static <T> WindowedView<T> ofPanes(PCollectionView<T> view, Iterable<WindowedValue<?>> panes) {
    WindowedView<T> built = new WindowedView<>(view);
    for (WindowedValue<?> pane : panes) {
      List<Object> contents = new ArrayList<>();
      ((KV<Void, Iterable<Object>>) pane.getValue()).getValue().forEach(contents::add);
      built.elements.put(pane.getWindows().iterator().next(), contents);
    }
    return built;
  }

  boolean contains(BoundedWindow window) {
    return elements.containsKey(window);
  }

  T get(BoundedWindow window) {
    Result<T> result = results.get(window);
    if (result == null) {
      result = new Result<>(materialize(elements.getOrDefault(window, List.of())));
      Result<T> earlier = results.putIfAbsent(window, result);
      if (earlier != null) {
        result = earlier;
      }
    }
    return result.value();
  }

  private T materialize(List<Object> values) {
    ViewFn<Object, T> viewFn = Views.viewFn(view);
    String urn = viewFn.getMaterialization().getUrn();
    return switch (urn) {
      case Materializations.ITERABLE_MATERIALIZATION_URN ->
          viewFn.apply((IterableView<Object>) () -> values);
      case Materializations.MULTIMAP_MATERIALIZATION_URN -> viewFn.apply(multimap(values));
      default ->
          throw new UnsupportedOperationException(
              "the view "
                  + view.getName()
                  + " asks for the materialization "
                  + urn
                  + ", which Beam does not define for runners");
    };
  }

  private Materializations.MultimapView<Object, Object> multimap(List<Object> values) {
    @SuppressWarnings("unchecked")
    Iterable<KV<Object, Object>> pairs = (Iterable<KV<Object, Object>>) (Iterable<?>) values;
    return InMemoryMultimapSideInputView.fromIterable(keyCoder(Views.coder(view)), pairs);
  }

  @SuppressWarnings("unchecked")
  private static Coder<Object> keyCoder(Coder<?> coder) {
    return ((KvCoder<Object, Object>) coder).getKeyCoder();
  }
}
