package dev.sluice.engine.stream;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do. */
final class Wait {
  private static final long TIMEOUT_S = 60;

  private Wait() {}

  /** Returns when {@code condition} holds; fails if it does not come to. */
  static void until(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(TIMEOUT_S)) {
        throw new AssertionError("not within " + TIMEOUT_S + " s: " + what);
      }
      Thread.onSpinWait();
    }
  }
}
