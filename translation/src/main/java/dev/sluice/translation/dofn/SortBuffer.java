package dev.sluice.translation.dofn;

import dev.sluice.engine.state.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.WindowedValue;
import org.joda.time.Instant;

/** Elements of one key that wait for their turn in time, window by window. */
final class SortBuffer<T> implements Cell {
  private final Map<BoundedWindow, TreeMap<Instant, List<WindowedValue<T>>>> waiting =
      new HashMap<>();

  /** Adds an element in one window. */
  void add(WindowedValue<T> element) {
    BoundedWindow window = element.getWindows().iterator().next();
    waiting
        .computeIfAbsent(window, w -> new TreeMap<>())
        .computeIfAbsent(element.getTimestamp(), t -> new ArrayList<>())
        .add(element);
  }

  /** The time of the first element of {@code window}, or null if none waits. */
  Instant first(BoundedWindow window) {
    TreeMap<Instant, List<WindowedValue<T>>> byTime = waiting.get(window);
    return byTime == null ? null : byTime.firstKey();
  }

  /** Takes the elements of {@code window} up to {@code time}, in the order of their times. */
  List<WindowedValue<T>> take(BoundedWindow window, Instant time) {
    TreeMap<Instant, List<WindowedValue<T>>> byTime = waiting.get(window);
    if (byTime == null) {
      return List.of();
    }
    Map<Instant, List<WindowedValue<T>>> due = byTime.headMap(time, true);
    List<WindowedValue<T>> taken = new ArrayList<>();
    due.values().forEach(taken::addAll);
    due.clear();
    if (byTime.isEmpty()) {
      waiting.remove(window);
    }
    return taken;
  }

  /** All elements. */
  List<WindowedValue<T>> elements() {
    List<WindowedValue<T>> elements = new ArrayList<>();
    waiting.values().forEach(byTime -> byTime.values().forEach(elements::addAll));
    return elements;
  }

  @Override
  public SortBuffer<T> copy() {
    SortBuffer<T> copy = new SortBuffer<>();
    waiting.forEach(
        (window, byTime) -> {
          TreeMap<Instant, List<WindowedValue<T>>> times = new TreeMap<>();
          byTime.forEach((time, elements) -> times.put(time, new ArrayList<>(elements)));
          copy.waiting.put(window, times);
        });
    return copy;
  }

  @Override
  public boolean isEmpty() {
    return waiting.isEmpty();
  }
}
