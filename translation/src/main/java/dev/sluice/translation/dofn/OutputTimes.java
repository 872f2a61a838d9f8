package dev.sluice.translation.dofn;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.joda.time.format.PeriodFormat;

/** The timestamps that a DoFn may give to what it outputs. */
final class OutputTimes {
  private OutputTimes() {}

  /**
   * Checks a timestamp that {@code fn} gives to an output of an element at {@code input}.
   *
   * @throws IllegalArgumentException if it lies before the element's, beyond the allowed skew, or
   *     behind the end of time
   */
  static void check(DoFn<?, ?> fn, Instant input, Instant output) {
    // Far the most: as the element, or later.
    if (output.isBefore(earliest(fn, input, output))
        || output.isAfter(BoundedWindow.TIMESTAMP_MAX_VALUE)) {
      throw new IllegalArgumentException(
          String.format(
              "Cannot output with timestamp %s. Output timestamps must be no earlier than the"
                  + " timestamp of the current input (%s) minus the allowed skew (%s) and no later"
                  + " than %s: see DoFn#getAllowedTimestampSkew()",
              output, input, inWords(skew(fn)), BoundedWindow.TIMESTAMP_MAX_VALUE));
    }
  }

  private static Instant earliest(DoFn<?, ?> fn, Instant input, Instant output) {
    if (!output.isBefore(input)) {
      return input;
    }
    try {
      return input.minus(skew(fn));
    } catch (ArithmeticException e) {
      // The skew is as good as endless.
      return BoundedWindow.TIMESTAMP_MIN_VALUE;
    }
  }

  private static String inWords(Duration skew) {
    // Words are for periods that have an int of milliseconds at most.
    return skew.getMillis() >= Integer.MAX_VALUE
        ? skew.toString()
        : PeriodFormat.getDefault().print(skew.toPeriod());
  }

  @SuppressWarnings("deprecation") // For users it is; a runner has to heed it.
  private static Duration skew(DoFn<?, ?> fn) {
    return fn.getAllowedTimestampSkew();
  }
}
