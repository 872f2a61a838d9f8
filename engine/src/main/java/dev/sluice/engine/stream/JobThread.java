package dev.sluice.engine.stream;

import dev.sluice.engine.receiver.DaemonThread;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The thread on which batches run, with the user code of the driver's side. */
final class JobThread implements AutoCloseable {
  private final ExecutorService executor;
  private volatile Thread thread;

  JobThread(String name) {
    executor =
        Executors.newSingleThreadExecutor(
            body -> {
              thread = DaemonThread.create(name + "-jobs", body);
              return thread;
            });
  }

  void execute(Runnable work) {
    executor.execute(work);
  }

  /** Whether this is called by the work that runs. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Interrupts the work that runs. */
  void interrupt() {
    Thread working = thread;
    if (working != null) {
      working.interrupt();
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
