package dev.sluice.engine.receiver;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Waits for what other threads do. */
public final class Wait {
  private static final long TIMEOUT_S = 60;

  private Wait() {}

  /** Returns when {@code condition} holds; fails if it does not come to. */
  public static void until(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(TIMEOUT_S)) {
        throw new AssertionError("not within " + TIMEOUT_S + " s: " + what);
      }
      Thread.onSpinWait();
    }
  }

  /** Returns when {@code thread} is held up in a store. */
  static void untilHeldUp(Thread thread) {
    until(
        thread.getName() + " is held up",
        () -> parked(thread.getState()) && inStore(thread.getStackTrace()));
  }

  private static boolean parked(Thread.State state) {
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  private static boolean inStore(StackTraceElement[] stack) {
    return Stream.of(stack).anyMatch(frame -> frame.getMethodName().equals("awaitTurn"));
  }

  static void join(Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(TIMEOUT_S));
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    if (thread.isAlive()) {
      throw new AssertionError(thread.getName() + " does not end");
    }
  }
}
