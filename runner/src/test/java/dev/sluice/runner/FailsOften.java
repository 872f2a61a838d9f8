package dev.sluice.runner;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;

/** A failure on purpose that happens so many times in a test, and no more. */
final class FailsOften implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Shared<AtomicInteger> left;

  FailsOften(int times) {
    this.left = Shared.of(new AtomicInteger(times));
  }

  /** Throws if it is this one's turn, and failures are left. */
  void at(Object one, Object failing) {
    boolean turn = one.toString().equals(failing.toString());
    if (turn && left.get().get() > 0) {
      left.get().decrementAndGet();
      throw new IllegalStateException("fails on purpose at " + failing);
    }
  }

  /** Whether all failures have happened. */
  boolean isOver() {
    return left.get().get() == 0;
  }
}
