package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A job that is driven by a thread of its own, so that the test can look at it meanwhile. */
public final class RunningJob {
  /** How long a test waits for what must happen, before it fails. */
  public static final long LIMIT_S = 30;

  private final Job job;
  private final TestBed bed;
  private final FutureTask<JobResult> outcome;
  private final Thread driver;

  RunningJob(Job job, TestBed bed) {
    this.job = job;
    this.bed = bed;
    this.outcome = new FutureTask<>(job::run);
    this.driver = new Thread(outcome, "test-driver");
    driver.setDaemon(true);
    driver.start();
  }

  public Job job() {
    return job;
  }

  /** The thread that drives the job. */
  Thread driver() {
    return driver;
  }

  /** What the job returns; it must not fail. */
  public JobResult result() throws Exception {
    JobResult result = resultBesideOthers();
    bed.assertNothingLeft();
    return result;
  }

  /** The same while other jobs may still hold memory and files. */
  JobResult resultBesideOthers() throws Exception {
    try {
      return outcome.get(LIMIT_S, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return fail("the job has not ended: " + job.progress(), e);
    }
  }

  /** Whether the job ends within {@code ms} milliseconds. */
  boolean endsWithin(long ms) throws InterruptedException {
    try {
      outcome.get(ms, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** What the job throws. */
  public <E extends Throwable> E failure(Class<E> type) {
    ExecutionException failure = assertThrows(ExecutionException.class, this::result);
    bed.assertNothingLeft();
    return assertThrows(
        type,
        () -> {
          throw failure.getCause();
        });
  }
}
