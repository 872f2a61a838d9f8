package dev.sluice.engine.receiver;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hands marks to {@link Receiver#onCommitted}, in order, on a thread of its own that goes when it
 * has had nothing to do for a while. Safe for use by many threads.
 *
 * <p>None is left out if the receiver does not keep up: a source may have to be told each of them.
 */
final class Acknowledgements implements AutoCloseable {
  private static final long IDLE_MS = 1_000;
  private static final long CLOSE_TIMEOUT_MS = 5_000;

  private final Receiver<?> receiver;
  private final Reports reports;
  private final ThreadPoolExecutor thread;
  private long marks;

  Acknowledgements(Receiver<?> receiver, Reports reports) {
    this.receiver = receiver;
    this.reports = reports;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_MS,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            body -> DaemonThread.create(reports.name() + "-acknowledge", body));
    thread.allowCoreThreadTimeOut(true);
  }

  /** Everything up to {@code position} is durable. A position is acknowledged once. */
  synchronized void commit(Position position) {
    if (position.marks() > marks) {
      marks = position.marks();
      thread.execute(() -> acknowledge(position.mark()));
    }
  }

  private void acknowledge(Object mark) {
    try {
      receiver.onCommitted(mark);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reports.failed("interrupted in onCommitted: the source may send records again", e);
    } catch (Exception | Error e) {
      reports.failed("onCommitted failed: the source may send records again", e);
    }
  }

  /** Waits for what has been committed, then interrupts what does not end. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
        reports.failed("onCommitted does not return after " + CLOSE_TIMEOUT_MS + " ms", null);
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
