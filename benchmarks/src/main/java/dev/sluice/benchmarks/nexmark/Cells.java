package dev.sluice.benchmarks.nexmark;

import java.util.Locale;
import java.util.OptionalDouble;

/** How figures look in a table. */
final class Cells {
  private static final String MISSING = "-";

  private Cells() {}

  /** A rate; small ones with a decimal. */
  static String rate(OptionalDouble rate) {
    if (rate.isEmpty()) {
      return MISSING;
    }
    return String.format(
        Locale.ROOT, rate.getAsDouble() < 10 ? "%.1f" : "%,.0f", rate.getAsDouble());
  }

  /** A ratio, below {@code least} bold and with one decimal more, or it would look like that. */
  static String ratio(OptionalDouble ratio, double least) {
    return ratio.isEmpty()
        ? MISSING
        : compared(ratio.getAsDouble(), ratio.getAsDouble() < least, "%.1f", "**%.2f**");
  }

  /** A part of a whole, below {@code least} as a ratio is. */
  static String share(OptionalDouble share, double least) {
    return share.isEmpty()
        ? MISSING
        : compared(
            100 * share.getAsDouble(), share.getAsDouble() < least, "%.0f %%", "**%.1f %%**");
  }

  private static String compared(double figure, boolean misses, String format, String missing) {
    return String.format(Locale.ROOT, misses ? missing : format, figure);
  }
}
