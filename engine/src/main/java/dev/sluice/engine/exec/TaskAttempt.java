package dev.sluice.engine.exec;

import dev.sluice.engine.exchange.Segment;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Stage;
import dev.sluice.engine.plan.TaskScope;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * One try of one task. It is run by one thread; the thread that drives the job watches it and may
 * cancel it.
 */
public final class TaskAttempt implements TaskScope {
  private final Stage stage;
  private final TaskHead head;
  private final int task;
  private final int partition;
  private final int attempt;
  private final JobScope job;
  private final AtomicBoolean ended;
  private final ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
  private final Map<Class<?>, Object> locals = new HashMap<>();
  private final AtomicLong records = new AtomicLong();
  private volatile boolean cancelled;

  /** Why nothing more is to be done, or null: what every emit looks at. */
  private volatile RuntimeException stopped;

  private volatile double fractionRead;
  private volatile long startedMs;
  private volatile long expiredAfterMs;
  private RuntimeException failure;
  private boolean first;
  private Thread thread;

  /**
   * An attempt.
   *
   * @param task which of its stage's tasks it is an attempt of
   * @param ended whether one of the task's attempts has run to its end: the changes of state of the
   *     first count, and are not undone
   */
  TaskAttempt(
      Stage stage,
      TaskHead head,
      int task,
      int partition,
      int attempt,
      JobScope job,
      AtomicBoolean ended) {
    this.stage = stage;
    this.head = head;
    this.task = task;
    this.partition = partition;
    this.attempt = attempt;
    this.job = job;
    this.ended = ended;
  }

  /** Runs the attempt on this thread, once. Never throws. */
  public TaskOutcome run() {
    if (!begin()) {
      return new TaskOutcome.Failure(this, new TaskCancelledException(), false);
    }
    try {
      return execute();
    } catch (Throwable t) {
      // Or the job would wait for it for ever.
      return new TaskOutcome.Failure(this, t, false);
    } finally {
      end();
    }
  }

  private TaskOutcome execute() {
    Chain chain = new Chain(stage, this, job);
    Map<ExchangeNode, Segment> segments;
    try {
      try {
        HeadOutput output = chain.open(head.entry());
        head.read(output, this);
        chain.finish();
      } catch (Throwable t) {
        closeAfter(chain, t);
        throw t;
      }
      chain.close();
      if (failure != null) {
        throw failure;
      }
      segments = chain.segments();
    } catch (Throwable t) {
      return failure(chain, cause(t), false);
    }
    if (endsFirst()) {
      try {
        chain.commitState();
      } catch (Throwable t) {
        return failure(chain, t, true);
      }
    }
    return new TaskOutcome.Success(
        this, segments, chain.results(), chain.deferred(), chain.times());
  }

  /** Whether this is the first attempt of its task that ends; if so, nobody interrupts it now. */
  private synchronized boolean endsFirst() {
    first = ended.compareAndSet(false, true);
    if (first) {
      Thread.interrupted();
    }
    return first;
  }

  private TaskOutcome failure(Chain chain, Throwable cause, boolean last) {
    chain.discard(cause);
    return new TaskOutcome.Failure(this, cause, last);
  }

  private Throwable cause(Throwable t) {
    long deadlineMs = expiredAfterMs;
    if (deadlineMs > 0) {
      return new TaskDeadlineException(stage.name(), deadlineMs, failure == null ? t : failure);
    }
    return failure == null ? t : failure;
  }

  private static void closeAfter(Chain chain, Throwable failure) {
    try {
      chain.close();
    } catch (Throwable t) {
      if (t != failure) {
        failure.addSuppressed(t);
      }
    }
  }

  private synchronized boolean begin() {
    if (cancelled) {
      // The thread may be one that closes the executor, and is left as it is.
      return false;
    }
    thread = Thread.currentThread();
    thread.setContextClassLoader(classLoader);
    startedMs = job.clock().nowMs();
    return true;
  }

  private synchronized void end() {
    thread = null;
    // An interrupt meant for this attempt must not hit the next one of this thread.
    Thread.interrupted();
  }

  /** Asks the attempt to end, and interrupts its thread. */
  synchronized void cancel() {
    cancelled = true;
    if (stopped == null) {
      stopped = new TaskCancelledException();
    }
    if (thread != null && !first) {
      thread.interrupt();
    }
  }

  /** Cancels the attempt because it has run longer than {@code deadlineMs}. */
  void expire(long deadlineMs) {
    expiredAfterMs = deadlineMs;
    cancel();
  }

  /**
   * Throws if the attempt was cancelled, or has failed: user code may catch what an operator behind
   * it threw, the attempt fails all the same.
   */
  void checkStopped() {
    RuntimeException reason = stopped;
    if (reason != null) {
      throw reason;
    }
  }

  /** Notes the attempt's first failure and gives it a name, unless it has one. */
  RuntimeException failed(String operator, Throwable t) {
    if (t instanceof TaskCancelledException cancellation) {
      return cancellation;
    }
    OperatorException named =
        t instanceof OperatorException e ? e : new OperatorException(operator, t);
    if (failure == null) {
      failure = named;
      stopped = named;
    }
    return named;
  }

  void progress(long count) {
    records.setOpaque(count);
  }

  long records() {
    return records.getOpaque();
  }

  /** Which part of its input it says it has read. */
  double fractionRead() {
    return fractionRead;
  }

  @Override
  public void fractionRead(double fraction) {
    fractionRead = Math.max(0, Math.min(1, fraction));
  }

  /** When it began to run, or 0 if it has not. */
  long startedMs() {
    return startedMs;
  }

  /** What the attempt's thread is doing, or "" if it is not running. */
  synchronized String stack() {
    if (thread == null) {
      return "";
    }
    StringBuilder text = new StringBuilder(thread.getName());
    for (StackTraceElement element : thread.getStackTrace()) {
      text.append("\n    at ").append(element);
    }
    return text.toString();
  }

  /** Whether it was the first of its task that has run to its end. */
  synchronized boolean first() {
    return first;
  }

  Stage stage() {
    return stage;
  }

  TaskHead head() {
    return head;
  }

  /** Which of its stage's tasks it is an attempt of. */
  int task() {
    return task;
  }

  @Override
  public int partition() {
    return partition;
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public <T> T local(Class<T> key, Supplier<? extends T> make) {
    return key.cast(locals.computeIfAbsent(key, k -> make.get()));
  }

  @Override
  public String toString() {
    return "attempt " + attempt + " of task " + partition + " of stage " + stage.id();
  }
}
