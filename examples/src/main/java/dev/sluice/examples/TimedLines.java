package dev.sluice.examples;

import java.util.NoSuchElementException;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/** Where a reader of lines is: the current line, its time, the watermark. For use by one thread. */
final class TimedLines {
  private final LineTimes times;
  private String line;
  private Instant time;
  private Instant latest;
  private boolean ended;

  TimedLines(LineTimes times, Instant latest) {
    this.times = times;
    this.latest = latest;
  }

  /** Makes {@code next} the current line; null says that there is none now. */
  boolean take(String next) {
    line = next;
    if (next == null) {
      return false;
    }
    time = times.timeOf(next, latest);
    latest = time.isAfter(latest) ? time : latest;
    return true;
  }

  /** Says that there will be no line any more. */
  void end() {
    ended = true;
  }

  String current() {
    check();
    return line;
  }

  Instant time() {
    check();
    return time;
  }

  Instant latest() {
    return latest;
  }

  Instant watermark() {
    return ended ? BoundedWindow.TIMESTAMP_MAX_VALUE : times.watermark(latest);
  }

  private void check() {
    if (line == null) {
      throw new NoSuchElementException("there is no current line: call advance until it is true");
    }
  }
}
