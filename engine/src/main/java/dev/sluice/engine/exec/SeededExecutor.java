package dev.sluice.engine.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Runs attempts on the thread that drives the job, one at a time, in an order that a seed decides:
 * the same seed gives the same run.
 */
public final class SeededExecutor implements Executor {
  private final int workers;
  private final Random random;

  /** An executor that pretends to have {@code workers} threads. */
  public SeededExecutor(long seed, int workers) {
    this.random = new Random(seed);
    this.workers = workers;
  }

  @Override
  public int workers() {
    return workers;
  }

  @Override
  public Session open() {
    List<TaskAttempt> waiting = new ArrayList<>();
    return new Session() {
      @Override
      public void submit(TaskAttempt attempt) {
        waiting.add(attempt);
      }

      @Override
      public TaskOutcome take(long timeoutMs) {
        return waiting.isEmpty() ? null : waiting.remove(random.nextInt(waiting.size())).run();
      }
    };
  }

  @Override
  public void close() {}
}
