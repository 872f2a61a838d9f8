package dev.sluice.validates;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Follows one launcher execution from the thread that started it: collects the outcomes, and
 * interrupts the executing threads when a test, or the code around the tests, exceeds its limit.
 */
final class Watch implements TestExecutionListener {

  /** How long an interrupted test may take to notice; after that its thread is abandoned. */
  private final Duration grace;

  /** The limit by a test's unique id; of an id that is no test's, the limit around the tests. */
  private final Function<String, Duration> limits;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Of every test that ended, and of what encloses tests if it did not succeed. */
  @GuardedBy("lock")
  private final Map<String, TestRun> runs = new HashMap<>();

  /** The test that runs, or what encloses it while none does. */
  @GuardedBy("lock")
  private String step = "";

  @GuardedBy("lock")
  private long stepStart = System.nanoTime();

  @GuardedBy("lock")
  private Optional<Outcome.Failed> overdue = Optional.empty();

  @GuardedBy("lock")
  private boolean ended;

  Watch(Duration grace, Function<String, Duration> limits) {
    this.grace = grace;
    this.limits = limits;
  }

  /** Waits until the execution ends or has to be abandoned. */
  Report follow(ThreadGroup executing) throws InterruptedException {
    lock.lock();
    try {
      while (!ended) {
        Duration allowed = limits.apply(step);
        Duration left =
            (overdue.isPresent() ? allowed.plus(grace) : allowed)
                .minusNanos(System.nanoTime() - stepStart);
        if (left.isNegative() || left.isZero()) {
          if (overdue.isPresent()) {
            return abandon();
          }
          overdue = Optional.of(new Outcome.Failed(new TimeLimitExceeded(allowed)));
          // Under the lock, so that it cannot hit the test after this one.
          executing.interrupt();
        } else {
          long unused = changed.awaitNanos(left.toNanos());
        }
      }
      return new Report(runs, false);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private Report abandon() {
    ended = true;
    runs.put(step, run(overdue.orElseThrow()));
    return new Report(runs, true);
  }

  /** Tells that the execution is over, with the failure of the launcher itself if there is one. */
  void ended(Optional<Throwable> failure) {
    lock.lock();
    try {
      if (!ended) {
        // The empty id encloses all.
        failure.ifPresent(cause -> runs.put("", run(new Outcome.Failed(cause))));
        ended = true;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void executionStarted(TestIdentifier identifier) {
    lock.lock();
    try {
      next(identifier.getUniqueId());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void executionSkipped(TestIdentifier identifier, String reason) {
    lock.lock();
    try {
      put(identifier, new Outcome.Ignored(reason));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
    lock.lock();
    try {
      put(identifier, overdue.<Outcome>map(late -> late(late, result)).orElse(outcome(result)));
      next(identifier.getParentId().orElse(""));
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void put(TestIdentifier identifier, Outcome outcome) {
    if (!ended && (identifier.isTest() || !(outcome instanceof Outcome.Passed))) {
      runs.put(identifier.getUniqueId(), run(outcome));
    }
  }

  @GuardedBy("lock")
  private void next(String id) {
    if (ended) {
      return;
    }
    if (overdue.isPresent()) {
      overdue = Optional.empty();
      // The interrupt was meant for the test that just ended, which may not have noticed it.
      boolean unused = Thread.interrupted();
    }
    step = id;
    stepStart = System.nanoTime();
    changed.signalAll();
  }

  @GuardedBy("lock")
  private TestRun run(Outcome outcome) {
    return new TestRun(outcome, Duration.ofNanos(System.nanoTime() - stepStart));
  }

  private static Outcome.Failed late(Outcome.Failed overdue, TestExecutionResult result) {
    result.getThrowable().ifPresent(overdue.cause()::addSuppressed);
    return overdue;
  }

  private static Outcome outcome(TestExecutionResult result) {
    Throwable cause =
        result.getThrowable().orElseGet(() -> new AssertionError("ended without a reason"));
    return switch (result.getStatus()) {
      case SUCCESSFUL -> new Outcome.Passed();
      case FAILED -> new Outcome.Failed(cause);
      case ABORTED -> new Outcome.Ignored(String.valueOf(cause.getMessage()));
    };
  }
}
