package dev.sluice.engine.stream;

import java.time.Duration;

/** Checks of durations. */
final class Durations {
  private Durations() {}

  /** Whether it is a whole number of milliseconds, at least one. */
  static boolean isWhole(Duration duration) {
    long limitS = Long.MAX_VALUE / 4_000;
    return !duration.isNegative()
        && !duration.isZero()
        && duration.getSeconds() < limitS
        && duration.getNano() % 1_000_000 == 0;
  }
}
