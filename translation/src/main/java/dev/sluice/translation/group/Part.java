package dev.sluice.translation.group;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;

/**
 * Elements that Beam's machine for panes takes as if they were one.
 *
 * @param elements how many they are, for triggers that count
 * @param kept what is kept of them
 */
record Part<S>(long elements, S kept) {

  /**
   * The values of one key, of which each is in one window, in parts: one for each window, or, where
   * a result's timestamp depends on those of its elements, one for each value.
   */
  static <V, S> List<WindowedValue<Part<S>>> of(
      Iterable<WindowedValue<V>> values,
      Gathering<V, S, ?> gathering,
      WindowingStrategy<?, ?> windowing) {
    List<WindowedValue<Part<S>>> parts = new ArrayList<>();
    if (Windowing.needsTimestamps(windowing)) {
      values.forEach(value -> parts.add(value.withValue(of(List.of(value), gathering))));
      return parts;
    }
    Map<BoundedWindow, List<WindowedValue<V>>> byWindow = new LinkedHashMap<>();
    for (WindowedValue<V> value : values) {
      byWindow.computeIfAbsent(Windowing.onlyWindow(value), w -> new ArrayList<>()).add(value);
    }
    byWindow.forEach(
        (window, members) ->
            parts.add(
                WindowedValues.of(
                    of(members, gathering), first(members), window, PaneInfo.NO_FIRING)));
    return parts;
  }

  private static <V, S> Part<S> of(List<WindowedValue<V>> values, Gathering<V, S, ?> gathering) {
    Iterable<V> contents = Lazy.map(values, WindowedValue::getValue);
    return new Part<>(gathering.elements(contents), gathering.add(gathering.nothing(), contents));
  }

  private static Instant first(List<? extends WindowedValue<?>> values) {
    Instant first = values.get(0).getTimestamp();
    for (WindowedValue<?> value : values) {
      first = value.getTimestamp().isBefore(first) ? value.getTimestamp() : first;
    }
    return first;
  }
}
