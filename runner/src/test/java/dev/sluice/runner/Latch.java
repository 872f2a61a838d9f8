package dev.sluice.runner;

import java.io.Serializable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A latch between a test and its DoFns. Whoever waits gives up after a minute, loudly. */
final class Latch implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long TIMEOUT_SECONDS = 60;

  private final Shared<CountDownLatch> latch;

  Latch(int count) {
    this.latch = Shared.of(new CountDownLatch(count));
  }

  void open() {
    latch.get().countDown();
  }

  void await() throws InterruptedException {
    if (!latch.get().await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody has opened the latch in " + TIMEOUT_SECONDS + " s");
    }
  }
}
