package dev.sluice.engine.exec;

import java.util.ArrayList;
import java.util.List;

/**
 * How a job is run.
 *
 * @param maxTaskAttempts how often a task is tried before the job fails, at least 1
 * @param maxBundleSize after how many elements of a task a bundle ends; 0 for one bundle a task
 * @param checkMutations whether to check that nobody changes an element after it was emitted
 * @param stuckAfterMs after how long without a record an attempt is reported; 0 for never
 * @param taskDeadlineMs after how long an attempt is interrupted and counts as failed; 0 for never
 * @param speculation whether a second attempt of slow tasks is started
 * @param skipEmptyPartitions whether to run no task for a partition without records
 */
public record JobOptions(
    int maxTaskAttempts,
    long maxBundleSize,
    boolean checkMutations,
    long stuckAfterMs,
    long taskDeadlineMs,
    Speculation speculation,
    boolean skipEmptyPartitions) {

  /** Four attempts, one bundle a task, stuck tasks reported after five minutes. */
  public static final JobOptions DEFAULTS =
      new JobOptions(4, 0, false, 300_000, 0, Speculation.OFF, false);

  public JobOptions {
    List<String> problems = new ArrayList<>();
    if (maxTaskAttempts < 1) {
      problems.add("maxTaskAttempts is " + maxTaskAttempts + ": at least 1");
    }
    if (maxBundleSize < 0) {
      problems.add("maxBundleSize is " + maxBundleSize + ": 0 or more");
    }
    if (stuckAfterMs < 0) {
      problems.add("stuckAfterMs is " + stuckAfterMs + ": 0 or more");
    }
    if (taskDeadlineMs < 0) {
      problems.add("taskDeadlineMs is " + taskDeadlineMs + ": 0 or more");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /**
   * When a second attempt of a task is started: once {@code quantile} of the stage's tasks have
   * succeeded, for those that have run {@code multiplier} times as long as the median and at least
   * {@code minMs}.
   */
  public record Speculation(boolean enabled, double quantile, double multiplier, long minMs) {
    public static final Speculation OFF = new Speculation(false, 0.75, 1.5, 100);
    public static final Speculation ON = new Speculation(true, 0.75, 1.5, 100);
  }

  public JobOptions withMaxTaskAttempts(int attempts) {
    return new JobOptions(
        attempts,
        maxBundleSize,
        checkMutations,
        stuckAfterMs,
        taskDeadlineMs,
        speculation,
        skipEmptyPartitions);
  }

  public JobOptions withMaxBundleSize(long elements) {
    return new JobOptions(
        maxTaskAttempts,
        elements,
        checkMutations,
        stuckAfterMs,
        taskDeadlineMs,
        speculation,
        skipEmptyPartitions);
  }

  public JobOptions withCheckMutations(boolean check) {
    return new JobOptions(
        maxTaskAttempts,
        maxBundleSize,
        check,
        stuckAfterMs,
        taskDeadlineMs,
        speculation,
        skipEmptyPartitions);
  }

  /** Both limits in milliseconds, 0 for none. */
  public JobOptions withTimeLimits(long stuckAfter, long taskDeadline) {
    return new JobOptions(
        maxTaskAttempts,
        maxBundleSize,
        checkMutations,
        stuckAfter,
        taskDeadline,
        speculation,
        skipEmptyPartitions);
  }

  public JobOptions withSpeculation(Speculation when) {
    return new JobOptions(
        maxTaskAttempts,
        maxBundleSize,
        checkMutations,
        stuckAfterMs,
        taskDeadlineMs,
        when,
        skipEmptyPartitions);
  }

  public JobOptions withSkipEmptyPartitions(boolean skip) {
    return new JobOptions(
        maxTaskAttempts,
        maxBundleSize,
        checkMutations,
        stuckAfterMs,
        taskDeadlineMs,
        speculation,
        skip);
  }
}
