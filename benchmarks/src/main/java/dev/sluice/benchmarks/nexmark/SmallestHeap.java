package dev.sluice.benchmarks.nexmark;

import java.io.IOException;
import java.util.OptionalInt;

/**
 * Looks for the smallest heap that is enough, by halving what is between one that is not and one
 * that is.
 */
final class SmallestHeap {
  private static final int STEP_MEGABYTES = 16;
  private static final double PRECISION = 0.1;

  private SmallestHeap() {}

  /** Whether a heap is enough. */
  @FunctionalInterface
  interface Trial {
    boolean fitsIn(int megabytes) throws IOException, InterruptedException;
  }

  /**
   * The smallest heap up to {@code mostMegabytes} that is enough: the next one that was tried is 16
   * MB or a tenth smaller, and is not. Nothing, if the largest is not.
   */
  static OptionalInt megabytes(int mostMegabytes, Trial trial)
      throws IOException, InterruptedException {
    if (!trial.fitsIn(mostMegabytes)) {
      return OptionalInt.empty();
    }
    int tooSmall = 0;
    int enough = mostMegabytes;
    while (enough - tooSmall > Math.max(STEP_MEGABYTES, enough * PRECISION)) {
      int between = Math.max(tooSmall + 1, steps((tooSmall + enough) / 2));
      if (trial.fitsIn(between)) {
        enough = between;
      } else {
        tooSmall = between;
      }
    }
    return OptionalInt.of(enough);
  }

  /** {@code megabytes}, rounded down to whole steps. */
  private static int steps(int megabytes) {
    return megabytes / STEP_MEGABYTES * STEP_MEGABYTES;
  }
}
