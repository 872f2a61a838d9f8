package dev.sluice.engine.exec;

import dev.sluice.engine.exchange.ExchangeBuffer;
import dev.sluice.engine.exec.JobProgress.StageProgress;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.PullNode;
import dev.sluice.engine.plan.Source.Split;
import dev.sluice.engine.plan.SourceNode;
import dev.sluice.engine.plan.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stage while it runs. Changed by the thread that drives the job; {@link #progress} may be called
 * by any.
 */
final class StageRun {
  private final Stage stage;
  private final List<TaskRun> tasks = new ArrayList<>();
  private final List<Long> durationsMs = new ArrayList<>();
  private int partitions;
  private boolean started;
  private long startedMs;
  private int succeeded;
  private long succeededRecords;

  StageRun(Stage stage) {
    this.stage = stage;
  }

  /** A task with its attempts. */
  static final class TaskRun {
    private final TaskHead head;
    private final int index;
    private final int partition;
    // Job.cancel looks at it from other threads.
    private final List<TaskAttempt> running = new CopyOnWriteArrayList<>();
    // The attempts settle it among themselves.
    private final AtomicBoolean ended = new AtomicBoolean();
    private int attempts;
    private int failures;
    private boolean speculated;
    private boolean done;

    TaskRun(TaskHead head, int index, int partition) {
      this.head = head;
      this.index = index;
      this.partition = partition;
    }

    TaskHead head() {
      return head;
    }

    List<TaskAttempt> running() {
      return running;
    }

    int partition() {
      return partition;
    }

    boolean done() {
      return done;
    }

    int failures() {
      return failures;
    }

    /**
     * Whether there may be a second attempt beside the first: once, since one that fails at once
     * would be followed by the next, and not of what earlier tasks have left, whose objects two
     * attempts would have in their hands.
     */
    boolean speculative() {
      return !done && !speculated && !(head instanceof TaskHead.OfDeferred);
    }

    /** There is a second attempt. */
    void speculate() {
      speculated = true;
    }
  }

  Stage stage() {
    return stage;
  }

  synchronized List<TaskRun> tasks() {
    return List.copyOf(tasks);
  }

  /** How many partitions the stage has, with and without a task. */
  synchronized int partitions() {
    return partitions;
  }

  synchronized boolean started() {
    return started;
  }

  synchronized boolean done() {
    return started && succeeded == tasks.size();
  }

  long startedMs() {
    return startedMs;
  }

  /**
   * Makes the stage's tasks; calls user code of a source.
   *
   * @param all the job's stages, by id
   */
  void start(JobScope job, List<StageRun> all) throws Exception {
    List<TaskHead> heads = heads(job, all);
    StageTimes times = job.continuation().times(stage);
    boolean changed = broadcastsChanged(job);
    List<TaskRun> made = new ArrayList<>();
    for (int p = 0; p < heads.size(); p++) {
      TaskHead head = heads.get(p);
      if (!head.isEmpty()
          || !job.options().skipEmptyPartitions()
          || times.due(p, job.input(), changed)) {
        made.add(new TaskRun(head, made.size(), p));
      }
    }
    synchronized (this) {
      tasks.addAll(made);
      partitions = heads.size();
      startedMs = job.clock().nowMs();
      started = true;
    }
  }

  private List<TaskHead> heads(JobScope job, List<StageRun> all) throws Exception {
    List<TaskHead> heads = new ArrayList<>();
    Node head = stage.head();
    if (head instanceof SourceNode source) {
      for (Split<?> split : job.input().splits(source)) {
        heads.add(
            split == null ? new TaskHead.OfNothing() : new TaskHead.OfSplit(head.name(), split));
      }
    } else if (head instanceof ExchangeNode exchange) {
      ExchangeBuffer buffer = job.buffer(exchange);
      if (Continuation.isPinned(exchange)) {
        for (StageTimes writer : job.continuation().writers(exchange)) {
          int id = writer.stage().id();
          for (int p = 0; p < all.get(id).partitions(); p++) {
            int position = buffer.position(id, p);
            heads.add(
                position < 0
                    ? new TaskHead.OfNothing()
                    : new TaskHead.OfExchange(head.name(), buffer, position));
          }
        }
      } else {
        for (int p = 0; p < buffer.partitions(); p++) {
          heads.add(new TaskHead.OfExchange(head.name(), buffer, p));
        }
      }
    } else if (head instanceof PullNode pull) {
      List<ExchangeBuffer> buffers = pull.inputs().stream().map(job::buffer).toList();
      int[] inputPartitions = buffers.stream().mapToInt(ExchangeBuffer::partitions).toArray();
      int count = pull.operator().partitions(inputPartitions);
      for (int p = 0; p < count; p++) {
        heads.add(new TaskHead.OfPull(pull, buffers, p));
      }
    }
    return heads;
  }

  /** Whether some operator has not yet seen what is in a broadcast now. */
  private boolean broadcastsChanged(JobScope job) {
    long changes = 0;
    for (OperatorNode operator : stage.operators()) {
      for (ExchangeNode broadcast : operator.broadcasts()) {
        changes += job.continuation().broadcast(broadcast).changes();
      }
    }
    return job.continuation().times(stage).seen(changes);
  }

  /** Adds a task for what earlier ones have left. */
  synchronized TaskRun addDeferred(TaskHead head) {
    TaskRun added = new TaskRun(head, tasks.size(), partitions++);
    tasks.add(added);
    return added;
  }

  synchronized TaskAttempt newAttempt(TaskRun task, JobScope job) {
    TaskAttempt attempt =
        new TaskAttempt(
            stage, task.head, task.index, task.partition, ++task.attempts, job, task.ended);
    task.running.add(attempt);
    return attempt;
  }

  TaskRun taskOf(TaskAttempt attempt) {
    return tasks.get(attempt.task());
  }

  /** Notes the end of an attempt; true if it is the first of its task to run to its end. */
  synchronized boolean ended(TaskAttempt attempt, boolean success, long nowMs) {
    TaskRun task = taskOf(attempt);
    task.running.remove(attempt);
    if (!success) {
      task.failures++;
      return false;
    }
    if (!attempt.first()) {
      return false;
    }
    task.done = true;
    succeeded++;
    succeededRecords += attempt.records();
    durationsMs.add(nowMs - attempt.startedMs());
    return true;
  }

  /** The median duration of the tasks that have succeeded, once {@code quantile} of them have. */
  synchronized long medianMs(double quantile) {
    if (succeeded == 0 || succeeded < quantile * tasks.size()) {
      return Long.MAX_VALUE;
    }
    long[] sorted = durationsMs.stream().mapToLong(Long::longValue).sorted().toArray();
    return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElse(Long.MAX_VALUE);
  }

  synchronized StageProgress progress() {
    long records = succeededRecords;
    int running = 0;
    double fractions = succeeded;
    for (TaskRun task : tasks) {
      running += task.running.size();
      if (!task.done && !task.running.isEmpty()) {
        records += task.running.get(0).records();
        fractions += task.running.get(0).fractionRead();
      }
    }
    return new StageProgress(
        stage.id(),
        stage.name(),
        done(),
        tasks.size(),
        succeeded,
        running,
        tasks.isEmpty() ? 0 : fractions / tasks.size(),
        records);
  }
}
