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

  /** A ratio, bold below {@code least}. */
  static String ratio(OptionalDouble ratio, double least) {
    return ratio.isEmpty()
        ? MISSING
        : bold(
            String.format(Locale.ROOT, "%.1f", ratio.getAsDouble()), ratio.getAsDouble() < least);
  }

  /** A part of a whole, bold below {@code least}. */
  static String share(OptionalDouble share, double least) {
    return share.isEmpty()
        ? MISSING
        : bold(
            String.format(Locale.ROOT, "%.0f %%", 100 * share.getAsDouble()),
            share.getAsDouble() < least);
  }

  private static String bold(String text, boolean bold) {
    return bold ? "**" + text + "**" : text;
  }
}
