package dev.sluice.engine.batch;

import dev.sluice.engine.checkpoint.HookedStore.Hook;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets an operation of a store fail, and all that follow it. */
final class FailingDisk implements Hook {
  private final int failAt;
  private final boolean afterwards;
  private final AtomicInteger operations = new AtomicInteger();

  /**
   * Counts operations from 0.
   *
   * @param failAt which one is the first to fail
   * @param afterwards whether that one has been done all the same
   */
  FailingDisk(int failAt, boolean afterwards) {
    this.failAt = failAt;
    this.afterwards = afterwards;
  }

  @Override
  public void before(String operation, String name) throws IOException {
    int number = operations.getAndIncrement();
    fail(number > failAt || (number == failAt && !afterwards));
  }

  @Override
  public void after(String operation, String name) throws IOException {
    fail(operations.get() > failAt);
  }

  private static void fail(boolean now) throws IOException {
    if (now) {
      throw new IOException("the disk is gone");
    }
  }
}
