package dev.sluice.translation.group;

import java.util.Arrays;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.joda.time.Instant;

/** What has come for a key and window. It changes with each element. */
final class PreCombined<InputT, AccumT> {
  private final BoundedWindow window;
  private AccumT accumulator;
  private long elements;
  private Instant timestamp;

  PreCombined(BoundedWindow window, Combining<InputT, AccumT, ?> combining) {
    this.window = window;
    this.accumulator = combining.create();
  }

  /** Combines {@code value} into it; a {@code times} of null leaves the timestamp alone. */
  void add(
      Combining<InputT, AccumT, ?> combining, InputT value, Instant time, TimestampCombiner times) {
    accumulator = combining.add(accumulator, value);
    elements++;
    if (times != null) {
      combine(times.assign(window, time), times);
    }
  }

  /** Takes in another one, whose window has become part of this one. */
  void merge(
      Combining<InputT, AccumT, ?> combining,
      PreCombined<InputT, AccumT> other,
      TimestampCombiner times) {
    accumulator = combining.merge(Arrays.asList(accumulator, other.accumulator));
    elements += other.elements;
    if (times != null) {
      combine(times.assign(window, other.timestamp), times);
    }
  }

  private void combine(Instant time, TimestampCombiner times) {
    timestamp = timestamp == null ? time : times.combine(timestamp, time);
  }

  BoundedWindow window() {
    return window;
  }

  AccumT accumulator() {
    return accumulator;
  }

  long elements() {
    return elements;
  }

  /** That of the elements together; the window's end if none was asked for. */
  Instant timestamp() {
    return timestamp == null ? window.maxTimestamp() : timestamp;
  }
}
