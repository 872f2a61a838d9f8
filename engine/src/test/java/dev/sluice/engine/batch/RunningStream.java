package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sluice.engine.receiver.Receiver;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A stream that is run by a thread of its own, so that the test can look at it meanwhile. */
final class RunningStream {
  /** How long a test waits for what must happen, before it fails. */
  static final long LIMIT_S = 30;

  final StreamJob stream;
  private final StreamBed bed;
  private final FutureTask<Void> outcome;
  private final Thread driver;

  RunningStream(StreamJob stream, StreamBed bed) {
    this.stream = stream;
    this.bed = bed;
    this.outcome =
        new FutureTask<>(
            () -> {
              stream.run();
              return null;
            });
    this.driver = new Thread(outcome, "test-driver");
    driver.setDaemon(true);
    driver.start();
  }

  /** Returns when {@code condition} holds; fails if it does not come to while the stream runs. */
  void until(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      boolean over = outcome.isDone() && !condition.getAsBoolean();
      if (over || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_S)) {
        fail((over ? "the stream has ended before: " : "not in time: ") + what, ended());
      }
      Thread.onSpinWait();
    }
  }

  private Throwable ended() {
    try {
      outcome.get(0, TimeUnit.SECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      return e;
    }
  }

  /** Returns when these receivers have been started. */
  RunningStream untilStarted(Receiver<?>... receivers) {
    for (Receiver<?> receiver : receivers) {
      until("the receiver has started", receiver::isStarted);
    }
    return this;
  }

  /** Returns when so many batches are finalized. */
  void untilFinalized(int batches) {
    until(
        batches + " batches",
        () ->
            stream.ledger().entries().stream()
                    .filter(entry -> entry.state() == BatchState.FINALIZED)
                    .count()
                >= batches);
  }

  /** Returns when the driving thread waits for something to do. */
  void untilIdle() {
    until("the stream is idle", () -> driver.getState() == Thread.State.TIMED_WAITING);
  }

  void interrupt() {
    driver.interrupt();
  }

  /** Waits for the end; the stream must not fail. */
  void end() throws Exception {
    await();
    bed.assertNothingLeft();
  }

  private void await() throws ExecutionException, InterruptedException {
    try {
      outcome.get(LIMIT_S, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      fail("the stream has not ended: " + stream.ledger().entries(), e);
    }
  }

  /** What the stream throws. */
  <E extends Throwable> E failure(Class<E> type) {
    ExecutionException failure = assertThrows(ExecutionException.class, this::await);
    bed.assertNothingLeft();
    return assertThrows(
        type,
        () -> {
          throw failure.getCause();
        });
  }
}
