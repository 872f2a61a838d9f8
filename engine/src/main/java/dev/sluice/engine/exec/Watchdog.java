package dev.sluice.engine.exec;

import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.exec.StageRun.TaskRun;
import dev.sluice.engine.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Looks after running attempts: reports those that take no records, interrupts those beyond their
 * deadline, asks for a second attempt of slow ones. For use by the thread that drives the job.
 */
final class Watchdog {
  private final JobOptions options;
  private final Clock clock;
  private final Consumer<EngineEvent> tell;
  private final Map<TaskAttempt, Seen> seen = new HashMap<>();

  Watchdog(JobOptions options, Clock clock, Consumer<EngineEvent> tell) {
    this.options = options;
    this.clock = clock;
    this.tell = tell;
  }

  /** How many records an attempt had taken when it was last seen to take one. */
  private record Seen(long records, long sinceMs, boolean reported) {}

  void check(StageRun stage, BiConsumer<StageRun, TaskRun> submit) {
    if (!stage.started()) {
      return;
    }
    if (stage.done()) {
      seen.keySet().removeIf(attempt -> attempt.stage().id() == stage.stage().id());
      return;
    }
    long medianMs = options.speculation().enabled() ? median(stage) : Long.MAX_VALUE;
    for (TaskRun task : stage.tasks()) {
      for (TaskAttempt attempt : List.copyOf(task.running())) {
        if (attempt.startedMs() > 0) {
          check(stage, task, attempt);
        }
      }
      if (slow(task, medianMs)) {
        task.speculate();
        submit.accept(stage, task);
        TaskAttempt second = task.running().get(task.running().size() - 1);
        tell.accept(
            new EngineEvent.TaskSpeculated(stage.stage().id(), task.partition(), second.attempt()));
      }
    }
  }

  private long median(StageRun stage) {
    return stage.medianMs(options.speculation().quantile());
  }

  private boolean slow(TaskRun task, long medianMs) {
    if (medianMs == Long.MAX_VALUE || !task.speculative() || task.running().size() != 1) {
      return false;
    }
    TaskAttempt only = task.running().get(0);
    long limit =
        Math.max(
            options.speculation().minMs(), (long) (medianMs * options.speculation().multiplier()));
    return only.startedMs() > 0 && clock.nowMs() - only.startedMs() > limit;
  }

  private void check(StageRun stage, TaskRun task, TaskAttempt attempt) {
    long now = clock.nowMs();
    long ranMs = now - attempt.startedMs();
    if (options.taskDeadlineMs() > 0 && ranMs > options.taskDeadlineMs()) {
      if (!attempt.cancelled()) {
        attempt.expire(options.taskDeadlineMs());
      }
      return;
    }
    if (options.stuckAfterMs() == 0) {
      return;
    }
    Seen last = seen.get(attempt);
    if (last == null || last.records() != attempt.records()) {
      seen.put(attempt, new Seen(attempt.records(), now, false));
    } else if (!last.reported() && now - last.sinceMs() > options.stuckAfterMs()) {
      seen.put(attempt, new Seen(last.records(), last.sinceMs(), true));
      report(stage, task, attempt, now - last.sinceMs());
    }
  }

  private void report(StageRun stage, TaskRun task, TaskAttempt attempt, long idleMs) {
    tell.accept(
        new EngineEvent.TaskStuck(
            stage.stage().id(),
            stage.stage().name(),
            task.partition(),
            attempt.attempt(),
            idleMs,
            attempt.stack()));
  }
}
