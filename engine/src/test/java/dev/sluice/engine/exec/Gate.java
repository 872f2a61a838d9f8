package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where tasks of a test stop until the test, which knows how many have come, lets them pass. */
final class Gate {
  private final Semaphore arrivals = new Semaphore(0);
  private final CountDownLatch opened = new CountDownLatch(1);

  /** Called by tasks: says that it is here and waits. */
  void pass() throws InterruptedException, TimeoutException {
    arrivals.release();
    if (!opened.await(2 * RunningJob.LIMIT_S, TimeUnit.SECONDS)) {
      throw new TimeoutException("the gate was not opened");
    }
  }

  /** Called by tasks that do not react to interruption. */
  void passDeafly() {
    arrivals.release();
    boolean passed = false;
    while (!passed) {
      try {
        passed = opened.await(2 * RunningJob.LIMIT_S, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        // What a test calls deaf.
      }
    }
  }

  void awaitArrivals(int count) throws InterruptedException {
    assertTrue(
        arrivals.tryAcquire(count, RunningJob.LIMIT_S, TimeUnit.SECONDS), "tasks have not come");
  }

  void open() {
    opened.countDown();
  }
}
