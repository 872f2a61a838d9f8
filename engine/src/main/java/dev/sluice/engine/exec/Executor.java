package dev.sluice.engine.exec;

/**
 * A back end: takes the tasks of stages and returns their outcomes. It decides where and when an
 * attempt runs, and nothing else; stages, retries and publication are the job's.
 */
public interface Executor extends AutoCloseable {

  /** How many attempts can run at once. */
  int workers();

  /** Opens a channel for one job. */
  Session open();

  /** Ends all threads; running attempts are interrupted. */
  @Override
  void close();

  /** The attempts of one job. For use by the thread that drives the job. */
  interface Session {

    /** Accepts an attempt, to be run once. */
    void submit(TaskAttempt attempt);

    /** The next outcome, or null if none has come within {@code timeoutMs}. */
    TaskOutcome take(long timeoutMs) throws InterruptedException;
  }
}
