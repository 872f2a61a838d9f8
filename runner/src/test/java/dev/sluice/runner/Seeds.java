package dev.sluice.runner;

import java.util.Random;
import java.util.stream.LongStream;

/**
 * The seeds of a generated test: with {@code -Dsluice.seed=N} it is one, with {@code
 * -Dsluice.seeds=M} as many.
 */
final class Seeds {
  private Seeds() {}

  /** So many as {@code usual} if no property says otherwise. */
  static LongStream of(int usual) {
    Long only = Long.getLong("sluice.seed");
    long first = only == null ? 0 : only;
    return LongStream.range(first, first + Long.getLong("sluice.seeds", only == null ? usual : 1));
  }

  /** Numbers that differ from the first on: of seeds that are near to each other Java's do not. */
  static Random random(long seed) {
    return new Random(seed * 0x9E3779B97F4A7C15L);
  }
}
