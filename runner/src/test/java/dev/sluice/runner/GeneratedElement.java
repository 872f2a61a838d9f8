package dev.sluice.runner;

import java.io.Serializable;
import java.util.Comparator;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;

/** An element of a {@link GeneratedPipeline} in one window. Its pane is 0 until it is a result. */
record GeneratedElement(String key, long value, long time, Span window, long pane)
    implements Serializable, Comparable<GeneratedElement> {
  private static final Comparator<GeneratedElement> ORDER =
      Comparator.comparing(GeneratedElement::key)
          .thenComparing(GeneratedElement::window)
          .thenComparing(GeneratedElement::pane)
          .thenComparing(GeneratedElement::value)
          .thenComparing(GeneratedElement::time);

  /** A window: the times from {@code start} to before {@code end}. */
  record Span(long start, long end) implements Serializable, Comparable<Span> {
    static final Span GLOBAL =
        new Span(
            BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis(),
            GlobalWindow.INSTANCE.maxTimestamp().getMillis() + 1);

    static Span of(BoundedWindow window) {
      return window instanceof IntervalWindow interval
          ? new Span(interval.start().getMillis(), interval.end().getMillis())
          : GLOBAL;
    }

    long last() {
      return end - 1;
    }

    /** Whether it is a larger window that this one is a part of. */
    boolean isWithin(Span other) {
      return other.start <= start && end <= other.end && !equals(other);
    }

    @Override
    public int compareTo(Span other) {
      return Comparator.comparing(Span::start).thenComparing(Span::end).compare(this, other);
    }

    @Override
    public String toString() {
      return equals(GLOBAL) ? "global" : "[" + start + ", " + end + ")";
    }
  }

  GeneratedElement with(String newKey, long newValue) {
    return new GeneratedElement(newKey, newValue, time, window, pane);
  }

  GeneratedElement at(long newTime, Span newWindow) {
    return new GeneratedElement(key, value, newTime, newWindow, pane);
  }

  GeneratedElement withoutPane() {
    return new GeneratedElement(key, value, time, window, 0);
  }

  @Override
  public int compareTo(GeneratedElement other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    String text = key + "=" + value + " at " + time + " in " + window;
    return pane == 0 ? text : text + " pane " + pane;
  }
}
