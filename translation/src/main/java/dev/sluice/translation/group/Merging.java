package dev.sluice.translation.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;

/** Merges the windows of one key's values. */
final class Merging {
  private Merging() {}

  /** A window after merging, with what is in it. */
  record Window<V>(BoundedWindow window, Iterable<V> values, Instant timestamp) {}

  static <V> Collection<Window<V>> merge(
      WindowingStrategy<?, ?> windowing, Iterable<WindowedValue<V>> values) throws Exception {
    Set<BoundedWindow> windows = new LinkedHashSet<>();
    values.forEach(value -> windows.addAll(value.getWindows()));
    Map<BoundedWindow, BoundedWindow> mergedOf = mergedWindows(windowing, windows);
    Map<BoundedWindow, List<WindowedValue<V>>> members = new LinkedHashMap<>();
    for (WindowedValue<V> value : values) {
      for (BoundedWindow window : value.getWindows()) {
        members.computeIfAbsent(mergedOf.get(window), w -> new ArrayList<>()).add(value);
      }
    }
    List<Window<V>> merged = new ArrayList<>();
    members.forEach(
        (window, list) ->
            merged.add(
                new Window<>(
                    window,
                    Lazy.map(list, WindowedValue::getValue),
                    combinedTime(windowing, window, Lazy.map(list, WindowedValue::getTimestamp)))));
    return merged;
  }

  /**
   * The timestamp of a group in {@code window} whose values have {@code times}: never behind the
   * window's end, although a value may have been moved there.
   */
  static Instant combinedTime(
      WindowingStrategy<?, ?> windowing, BoundedWindow window, Iterable<Instant> times) {
    if (!Windowing.needsTimestamps(windowing)) {
      return window.maxTimestamp();
    }
    List<Instant> assigned = new ArrayList<>();
    for (Instant time : times) {
      Instant next = windowing.getTimestampCombiner().assign(window, time);
      if (assigned.isEmpty()) {
        assigned.add(next);
      } else {
        assigned.set(0, windowing.getTimestampCombiner().combine(assigned.get(0), next));
      }
    }
    Instant combined = windowing.getTimestampCombiner().merge(window, assigned);
    return combined.isAfter(window.maxTimestamp()) ? window.maxTimestamp() : combined;
  }

  /** The window that each of {@code windows} becomes: often itself. */
  static Map<BoundedWindow, BoundedWindow> mergedWindows(
      WindowingStrategy<?, ?> windowing, Set<BoundedWindow> windows) throws Exception {
    Map<BoundedWindow, BoundedWindow> mergedOf = new HashMap<>();
    windows.forEach(window -> mergedOf.put(window, window));
    WindowFn<Object, BoundedWindow> windowFn = Windowing.windowFn(windowing);
    windowFn.mergeWindows(
        windowFn.new MergeContext() {
          @Override
          public Collection<BoundedWindow> windows() {
            return windows;
          }

          @Override
          public void merge(Collection<BoundedWindow> toBeMerged, BoundedWindow result) {
            toBeMerged.forEach(window -> mergedOf.put(window, result));
          }
        });
    return mergedOf;
  }
}
