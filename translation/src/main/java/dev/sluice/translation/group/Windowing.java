package dev.sluice.translation.group;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Never;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Window.OnTimeBehavior;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;

/** What grouping asks of a windowing strategy. */
final class Windowing {
  private Windowing() {}

  static boolean merges(WindowingStrategy<?, ?> strategy) {
    return strategy.needsMerge();
  }

  /** Whether results come when the watermark passes the window's end, and at no other time. */
  static boolean hasDefaultTrigger(WindowingStrategy<?, ?> strategy) {
    // Without lateness the end of the window is where the default trigger ends, too.
    return strategy.getTrigger() instanceof DefaultTrigger
        || strategy.getTrigger() instanceof Never.NeverTrigger
        || (strategy.getTrigger() instanceof AfterWatermark.FromEndOfWindow
            && strategy.getAllowedLateness().getMillis() == 0);
  }

  /**
   * Whether a stream has one result for each key and window, in one pane at the window's end, and
   * at a time that does not depend on the values: later elements are dropped.
   */
  static boolean hasOnePane(WindowingStrategy<?, ?> strategy) {
    return strategy.getTrigger() instanceof DefaultTrigger
        && !needsTimestamps(strategy)
        && strategy.getAllowedLateness().getMillis() == 0;
  }

  /**
   * Whether what comes for a key and window is gathered until a trigger asks for it; if not, all of
   * it is there at once, and gives one pane.
   */
  static boolean isGathered(WindowingStrategy<?, ?> strategy, boolean streaming) {
    return streaming || !hasDefaultTrigger(strategy);
  }

  /**
   * Whether a trigger that sees several elements at once lets none of them go that it would have
   * taken alone: it never finishes, or does so when nothing more is in time.
   */
  static boolean staysOpen(WindowingStrategy<?, ?> strategy) {
    Trigger trigger = strategy.getTrigger();
    boolean finishesAtEnd =
        trigger instanceof AfterWatermark.FromEndOfWindow
            || trigger instanceof AfterWatermark.AfterWatermarkEarlyAndLate;
    return !trigger.mayFinish()
        || (finishesAtEnd && strategy.getAllowedLateness().getMillis() == 0);
  }

  /** Whether there is one window, and nothing to know of a record's own time. */
  static boolean isGlobalOnly(WindowingStrategy<?, ?> strategy) {
    return strategy.getWindowFn() instanceof GlobalWindows && !needsTimestamps(strategy);
  }

  /** Whether a result's timestamp depends on those of the grouped records. */
  static boolean needsTimestamps(WindowingStrategy<?, ?> strategy) {
    return strategy.getTimestampCombiner() != TimestampCombiner.END_OF_WINDOW;
  }

  /**
   * The strategy for the end of the input: triggers that wait for the clock have fired by then.
   * Those that do not ask for a window's end have no pane there with nothing new in it, which would
   * come only because all windows go at once.
   */
  static WindowingStrategy<?, BoundedWindow> atEnd(WindowingStrategy<?, BoundedWindow> strategy) {
    return asksForWindowEnd(strategy.getTrigger())
        ? strategy
        : strategy.withOnTimeBehavior(OnTimeBehavior.FIRE_IF_NON_EMPTY);
  }

  private static boolean asksForWindowEnd(Trigger trigger) {
    return trigger instanceof AfterWatermark.FromEndOfWindow
        || trigger instanceof AfterWatermark.AfterWatermarkEarlyAndLate
        || trigger.subTriggers().stream().anyMatch(Windowing::asksForWindowEnd);
  }

  /** The window of an element that is in one. */
  static BoundedWindow onlyWindow(WindowedValue<?> element) {
    return element.getWindows().iterator().next();
  }

  @SuppressWarnings("unchecked")
  static Coder<BoundedWindow> windowCoder(WindowingStrategy<?, ?> strategy) {
    return (Coder<BoundedWindow>) strategy.getWindowFn().windowCoder();
  }

  @SuppressWarnings("unchecked")
  static WindowFn<Object, BoundedWindow> windowFn(WindowingStrategy<?, ?> strategy) {
    return (WindowFn<Object, BoundedWindow>) strategy.getWindowFn();
  }
}
