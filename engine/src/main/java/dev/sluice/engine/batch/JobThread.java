package dev.sluice.engine.batch;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The thread that drives jobs and on which user code of the driver's side runs, so that the one
 * which owns the ledger runs none. For use by that one.
 */
final class JobThread implements AutoCloseable {
  private final ExecutorService executor;
  private volatile Thread thread;

  /** Its thread is named after the one that makes it. */
  JobThread() {
    String name = Thread.currentThread().getName() + "-jobs";
    executor =
        Executors.newSingleThreadExecutor(
            work -> {
              thread = new Thread(work, name);
              return thread;
            });
  }

  /**
   * Does {@code work} on the thread and waits for it. If this thread is interrupted, so is the
   * work; it is waited for all the same.
   *
   * @throws InterruptedException if either thread was interrupted
   * @throws Exception what {@code work} throws
   */
  <T> T call(Callable<T> work) throws Exception {
    Future<T> future =
        executor.submit(
            () -> {
              try {
                return work.call();
              } finally {
                // Meant for this work, and perhaps too late for it: not for the next.
                Thread.interrupted();
              }
            });
    boolean interrupted = false;
    T result;
    while (true) {
      try {
        result = future.get();
        break;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (Exception) e.getCause();
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      throw new InterruptedException();
    }
    return result;
  }

  /** Does {@code work} as {@link #call} does. */
  void run(Work work) throws Exception {
    call(
        () -> {
          work.run();
          return null;
        });
  }

  /** Interrupts what it does, if it does anything; may be called by any thread. */
  void interrupt() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Something to do. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** Ends the thread, which has nothing to do. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
