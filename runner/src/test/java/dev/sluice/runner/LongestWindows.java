package dev.sluice.runner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.transforms.windowing.WindowMappingFn;
import org.joda.time.Duration;

/**
 * Windows of which the longest swallows all that begin in it, and does not grow: what has merged
 * may end before the watermark although its elements came in time. An element's window is as long
 * as its timestamp says.
 */
final class LongestWindows extends WindowFn<Object, IntervalWindow> {
  private static final long serialVersionUID = 1L;

  private final int mostMs;

  LongestWindows(int mostMs) {
    this.mostMs = mostMs;
  }

  @Override
  public Collection<IntervalWindow> assignWindows(AssignContext context) {
    long time = context.timestamp().getMillis();
    return List.of(new IntervalWindow(context.timestamp(), Duration.millis(1 + time * 7 % mostMs)));
  }

  @Override
  public void mergeWindows(MergeContext context) throws Exception {
    List<IntervalWindow> longestFirst = new ArrayList<>(context.windows());
    longestFirst.sort(
        Comparator.<IntervalWindow>comparingLong(window -> start(window) - end(window))
            .thenComparingLong(LongestWindows::start));
    while (!longestFirst.isEmpty()) {
      IntervalWindow longest = longestFirst.get(0);
      List<IntervalWindow> swallowed =
          longestFirst.stream().filter(window -> begins(window, longest)).toList();
      longestFirst.removeAll(swallowed);
      context.merge(swallowed, longest);
    }
  }

  private static boolean begins(IntervalWindow window, IntervalWindow in) {
    return start(in) <= start(window) && start(window) < end(in);
  }

  private static long start(IntervalWindow window) {
    return window.start().getMillis();
  }

  private static long end(IntervalWindow window) {
    return window.end().getMillis();
  }

  @Override
  @SuppressWarnings("deprecation") // it is abstract
  public boolean isCompatible(WindowFn<?, ?> other) {
    return other instanceof LongestWindows that && mostMs == that.mostMs;
  }

  @Override
  public Coder<IntervalWindow> windowCoder() {
    return IntervalWindow.getCoder();
  }

  @Override
  public WindowMappingFn<IntervalWindow> getDefaultWindowMappingFn() {
    throw new UnsupportedOperationException("not for side inputs");
  }
}
