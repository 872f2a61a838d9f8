package dev.sluice.engine.exec;

import dev.sluice.engine.exec.StageRun.TaskRun;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;

/**
 * The tasks that wait for their time, made of what operators have left for later. For use by the
 * thread that drives the job.
 */
final class Deferrals {
  private final Clock clock;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::dueMs));

  Deferrals(Clock clock) {
    this.clock = clock;
  }

  private record Waiting(StageRun stage, TaskRun task, long dueMs) {}

  private record Batch(OperatorNode node, long delayMs) {}

  /** Makes a task of all elements that go to the same operator at the same time. */
  void add(StageRun stage, List<Deferred> deferred) {
    Map<Batch, List<Object>> batches = new LinkedHashMap<>();
    for (Deferred d : deferred) {
      batches
          .computeIfAbsent(new Batch(d.node(), d.delayMs()), b -> new ArrayList<>())
          .add(d.element());
    }
    batches.forEach(
        (batch, elements) -> {
          TaskRun task = stage.addDeferred(new TaskHead.OfDeferred(batch.node(), elements));
          waiting.add(new Waiting(stage, task, clock.nowMs() + batch.delayMs()));
        });
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** How long to wait for something else at most, in milliseconds. */
  long waitMs(long mostMs) {
    return waiting.isEmpty()
        ? mostMs
        : Math.max(0, Math.min(mostMs, waiting.peek().dueMs() - clock.nowMs()));
  }

  void submitDue(BiConsumer<StageRun, TaskRun> submit) {
    while (!waiting.isEmpty() && waiting.peek().dueMs() <= clock.nowMs()) {
      Waiting due = waiting.poll();
      submit.accept(due.stage(), due.task());
    }
  }
}
