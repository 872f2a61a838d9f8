package dev.sluice.engine.exec;

import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.exchange.Segment;
import dev.sluice.engine.exec.StageRun.TaskRun;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Stage;
import dev.sluice.engine.plan.StagePlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of a stage plan.
 *
 * <p>The thread that calls {@link #run} drives it: starts stages whose predecessors have ended,
 * submits their tasks, publishes what successful attempts wrote, tries failed ones again. {@link
 * #cancel} and {@link #progress} may be called by any thread.
 */
public final class Job {
  private static final long TICK_MS = 50;
  private static final long TICK_NS = TICK_MS * 1_000_000;

  private final Environment environment;
  private final JobOptions options;
  private final TaskListener tasks;
  private final List<EngineListener> listeners;
  private final List<StageRun> stages = new ArrayList<>();
  private final Map<ExchangeNode, Integer> openReaders = new HashMap<>();
  private final Map<ExchangeNode, Integer> openWriters = new HashMap<>();
  private final Map<Integer, Map<ResultKey, Object>> results = new HashMap<>();
  private final Watchdog watchdog;
  private final Deferrals deferrals;
  private final Continuation continuation;
  private final RunInput input;
  private final boolean continued;
  private volatile boolean cancelled;
  private Executor.Session session;
  private JobScope scope;
  private int outstanding;
  private Throwable failure;

  /** A job that reads finite sources to their end; {@code listeners} are told what happens. */
  public Job(
      StagePlan plan,
      JobOptions options,
      Environment environment,
      TaskListener tasks,
      List<EngineListener> listeners) {
    this(
        plan,
        options,
        environment,
        tasks,
        listeners,
        new Continuation(plan, environment.executor().workers()),
        new WholeInput(environment.clock(), environment.executor().workers(), tasks),
        false);
  }

  /**
   * A job that is one run of many: it reads {@code input} and takes over from the runs before it
   * what {@code continuation} holds, which stays open.
   */
  public static Job continuing(
      StagePlan plan,
      JobOptions options,
      Environment environment,
      TaskListener tasks,
      List<EngineListener> listeners,
      Continuation continuation,
      RunInput input) {
    return new Job(plan, options, environment, tasks, listeners, continuation, input, true);
  }

  private Job(
      StagePlan plan,
      JobOptions options,
      Environment environment,
      TaskListener tasks,
      List<EngineListener> listeners,
      Continuation continuation,
      RunInput input,
      boolean continued) {
    this.continuation = continuation;
    this.input = input;
    this.continued = continued;
    this.environment = environment;
    this.options = options;
    this.tasks = tasks;
    this.listeners = List.copyOf(listeners);
    this.deferrals = new Deferrals(environment.clock());
    this.watchdog = new Watchdog(options, environment.clock(), this::tell);
    for (Stage stage : plan.stages()) {
      stages.add(new StageRun(stage));
      stage.reads().forEach(read -> openReaders.merge(read, 1, Integer::sum));
      stage.writes().forEach(write -> openWriters.merge(write, 1, Integer::sum));
    }
  }

  private record ResultKey(int stage, int task) implements Comparable<ResultKey> {
    @Override
    public int compareTo(ResultKey other) {
      return stage != other.stage
          ? Integer.compare(stage, other.stage)
          : Integer.compare(task, other.task);
    }
  }

  /**
   * Runs to the end. To be called once.
   *
   * @throws JobFailedException if a task failed as often as it may
   * @throws JobCancelledException after {@link #cancel}, when every attempt has ended
   * @throws InterruptedException if this thread is interrupted; the job is cancelled then
   */
  public JobResult run() throws JobFailedException, JobCancelledException, InterruptedException {
    session = environment.executor().open();
    scope = new JobScope(environment, options, continuation, input, continued);
    try {
      drive();
    } catch (InterruptedException | RuntimeException | Error e) {
      cancel();
      drainUninterruptibly();
      throw e;
    } finally {
      closeScope();
    }
    if (cancelled) {
      throw new JobCancelledException();
    }
    if (failure != null) {
      throw new JobFailedException(failure.getMessage(), failure);
    }
    Map<Integer, List<Object>> ordered = new HashMap<>();
    results.forEach((node, byTask) -> ordered.put(node, new ArrayList<>(byTask.values())));
    return new JobResult(ordered);
  }

  /** Asks the job to end soon; running attempts are interrupted. */
  public void cancel() {
    cancelled = true;
    cancelAttempts();
  }

  /** The job at this moment. */
  public JobProgress progress() {
    return new JobProgress(stages.stream().map(StageRun::progress).toList());
  }

  private void drive() throws InterruptedException {
    startReadyStages();
    long lastTick = System.nanoTime();
    while (outstanding > 0 || (!deferrals.isEmpty() && !stopping())) {
      TaskOutcome outcome = session.take(deferrals.waitMs(TICK_MS));
      if (outcome != null) {
        outstanding--;
        ended(outcome);
        startReadyStages();
      }
      if (!stopping()) {
        deferrals.submitDue(this::submit);
      }
      long now = System.nanoTime();
      if (outcome == null || now - lastTick > TICK_NS) {
        lastTick = now;
        tick();
      }
    }
  }

  private void tick() {
    if (stopping()) {
      cancelAttempts();
    } else {
      stages.forEach(stage -> watchdog.check(stage, this::submit));
    }
  }

  private void drainUninterruptibly() {
    boolean interrupted = false;
    while (outstanding > 0) {
      try {
        TaskOutcome outcome = session.take(TICK_MS);
        if (outcome != null) {
          outstanding--;
          ended(outcome);
        }
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (RuntimeException e) {
        // A listener failed again: what counts is that no attempt is left behind.
        fail(e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean stopping() {
    return cancelled || failure != null;
  }

  private void startReadyStages() {
    boolean started = true;
    // A stage without tasks ends at once and may make others ready.
    while (started && !stopping()) {
      started = false;
      for (StageRun stage : stages) {
        if (!stage.started() && ready(stage)) {
          start(stage);
          started = true;
        }
      }
    }
  }

  private boolean ready(StageRun stage) {
    return stage.stage().dependsOn().stream().allMatch(id -> stages.get(id).done());
  }

  private void start(StageRun stage) {
    try {
      continuation.times(stage.stage()).begin(continuation.head(stage.stage().head(), input));
      stage.start(scope, stages);
    } catch (Exception | Error e) {
      fail(new OperatorException(stage.stage().head().name(), e));
      return;
    }
    List<TaskRun> made = stage.tasks();
    if (!made.isEmpty() || !continued) {
      tell(new EngineEvent.StageStarted(stage.stage().id(), stage.stage().name(), made.size()));
    }
    made.forEach(task -> submit(stage, task));
    if (made.isEmpty()) {
      completed(stage);
    }
  }

  private void submit(StageRun stage, TaskRun task) {
    TaskAttempt attempt = stage.newAttempt(task, scope);
    tasks.submitted(attempt);
    session.submit(attempt);
    outstanding++;
  }

  private void ended(TaskOutcome outcome) {
    TaskAttempt attempt = outcome.attempt();
    StageRun stage = stages.get(attempt.stage().id());
    boolean success = outcome instanceof TaskOutcome.Success;
    boolean counts = stage.ended(attempt, success, environment.clock().nowMs()) && !stopping();
    if (outcome instanceof TaskOutcome.Success ended) {
      if (counts) {
        accept(stage, ended);
      } else {
        discard(ended);
      }
    } else if (outcome instanceof TaskOutcome.Failure failed) {
      tasks.discarded(attempt);
      retryOrFail(stage, failed);
    }
  }

  private void accept(StageRun stage, TaskOutcome.Success success) {
    TaskAttempt attempt = success.attempt();
    int id = stage.stage().id();
    success
        .segments()
        .forEach((node, segment) -> scope.buffer(node).publish(id, attempt.partition(), segment));
    success
        .results()
        .forEach(
            (node, result) ->
                results
                    .computeIfAbsent(node, n -> new TreeMap<>())
                    .put(new ResultKey(id, attempt.partition()), result));
    continuation.times(attempt.stage()).accept(attempt.partition(), success.times());
    tasks.succeeded(attempt);
    deferrals.add(stage, success.deferred());
    TaskRun task = stage.taskOf(attempt);
    task.running().forEach(TaskAttempt::cancel);
    if (task.head() instanceof TaskHead.OfExchange read && soleReader(stage.stage().head())) {
      read.buffer().drop(read.partition());
    }
    if (stage.done()) {
      completed(stage);
    }
  }

  private boolean soleReader(Node head) {
    return head instanceof ExchangeNode exchange && openReaders.get(exchange) == 1;
  }

  private void discard(TaskOutcome.Success success) {
    tasks.discarded(success.attempt());
    for (Segment segment : success.segments().values()) {
      try {
        segment.discard();
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  private void retryOrFail(StageRun stage, TaskOutcome.Failure failed) {
    TaskRun task = stage.taskOf(failed.attempt());
    if (stopping() || task.done()) {
      return;
    }
    // One that still runs may succeed, whatever came of the others.
    boolean running = !task.running().isEmpty();
    boolean retry = !failed.last() && (running || task.failures() < options.maxTaskAttempts());
    tell(
        new EngineEvent.TaskFailed(
            stage.stage().id(),
            task.partition(),
            failed.attempt().attempt(),
            retry,
            failed.cause()));
    if (!retry) {
      fail(failed.cause());
    } else if (!running) {
      submit(stage, task);
    }
  }

  private void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
      cancelAttempts();
    } else if (failure != cause) {
      failure.addSuppressed(cause);
    }
  }

  private void completed(StageRun run) {
    Stage stage = run.stage();
    continuation.times(stage).end(run.partitions());
    for (ExchangeNode written : stage.writes()) {
      if (openWriters.merge(written, -1, Integer::sum) == 0
          && written.exchange() instanceof Exchange.Broadcast<?>) {
        continuation.update(written, scope.buffer(written));
      }
    }
    for (ExchangeNode read : stage.reads()) {
      if (openReaders.merge(read, -1, Integer::sum) == 0) {
        try {
          scope.buffer(read).close();
        } catch (IOException e) {
          fail(e);
        }
      }
    }
    if (run.tasks().isEmpty() && continued) {
      return;
    }
    long duration = environment.clock().nowMs() - run.startedMs();
    tell(
        new EngineEvent.StageCompleted(
            stage.id(), stage.name(), run.progress().records(), duration));
  }

  private void cancelAttempts() {
    for (StageRun stage : stages) {
      for (TaskRun task : stage.tasks()) {
        List.copyOf(task.running()).forEach(TaskAttempt::cancel);
      }
    }
  }

  private void closeScope() {
    try {
      if (!continued) {
        continuation.close();
      }
    } catch (Exception e) {
      fail(e);
    }
    try {
      scope.close();
    } catch (IOException e) {
      fail(e);
    }
    continuation.expire();
  }

  private void tell(EngineEvent event) {
    listeners.forEach(listener -> listener.onEvent(event));
  }
}
