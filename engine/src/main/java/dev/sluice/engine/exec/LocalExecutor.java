package dev.sluice.engine.exec;

import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs attempts on worker threads of this process, in the order in which they were submitted. */
public final class LocalExecutor implements Executor {
  private static final long CLOSE_TIMEOUT_MS = 60_000;

  private final int workers;
  private final ExecutorService threads;

  /** An executor of {@code workers} daemon threads whose names start with {@code name}. */
  public LocalExecutor(String name, int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException(workers + " workers: at least 1");
    }
    this.workers = workers;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(task, name + "-worker-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public int workers() {
    return workers;
  }

  @Override
  public Session open() {
    LinkedBlockingQueue<TaskOutcome> outcomes = new LinkedBlockingQueue<>();
    return new Session() {
      @Override
      public void submit(TaskAttempt attempt) {
        threads.execute(new QueuedAttempt(attempt, outcomes));
      }

      @Override
      public TaskOutcome take(long timeoutMs) throws InterruptedException {
        return outcomes.poll(timeoutMs, TimeUnit.MILLISECONDS);
      }
    };
  }

  /** An attempt in the queue of the threads. */
  private record QueuedAttempt(TaskAttempt attempt, Queue<TaskOutcome> outcomes)
      implements Runnable {
    @Override
    public void run() {
      outcomes.add(attempt.run());
    }

    /** Ends the attempt before it began, so that its job does not wait for it. */
    void drop() {
      attempt.cancel();
      run();
    }
  }

  @Override
  public void close() {
    for (Runnable queued : threads.shutdownNow()) {
      ((QueuedAttempt) queued).drop();
    }
    try {
      if (!threads.awaitTermination(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "a worker thread does not react to interruption: user code must not ignore it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
