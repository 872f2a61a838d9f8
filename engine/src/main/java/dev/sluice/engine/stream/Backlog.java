package dev.sluice.engine.stream;

import dev.sluice.engine.batch.BatchState;
import dev.sluice.engine.batch.Ledger;
import dev.sluice.engine.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The batches that have been planned and are not complete, in order. It outlives a stop: what was
 * planned then is run after the next start. For use by the scheduler's thread.
 */
final class Backlog {
  private final Graph graph;
  private final Clock clock;
  private final Announcements announcements;
  private final int maxQueued;
  private final Ledger ledger = new Ledger();
  private final Deque<Batch> planned = new ArrayDeque<>();
  private Batch running;
  private long startedMs;
  private long nextMs;

  /**
   * A batch that is complete.
   *
   * @param delayMs how long after its time it was started
   */
  record Completed(Batch batch, long delayMs, long processingMs, long nowMs) {}

  Backlog(Graph graph, Clock clock, Announcements announcements, int maxQueued) {
    this.graph = graph;
    this.clock = clock;
    this.announcements = announcements;
    this.maxQueued = maxQueued;
  }

  Ledger ledger() {
    return ledger;
  }

  /** The context is started: ticks that were missed since the last stop are left out. */
  void restart(boolean first) {
    long batchMs = graph.batchMs();
    long lastTickMs = Math.floorDiv(clock.nowMs(), batchMs) * batchMs;
    if (first) {
      graph.originMs(lastTickMs);
      nextMs = lastTickMs + batchMs;
    } else {
      nextMs = Math.max(nextMs, lastTickMs + batchMs);
    }
  }

  /** The time of the next batch to be planned. */
  long nextMs() {
    return nextMs;
  }

  boolean isEmpty() {
    return planned.isEmpty();
  }

  /** The batch that runs, or null. */
  Batch running() {
    return running;
  }

  /** Plans a batch for each tick that has come. */
  void plan() {
    long nowMs = clock.nowMs();
    while (nextMs <= nowMs && planned.size() < maxQueued) {
      planNext();
    }
  }

  /** Receivers have stopped: what they have goes to one more batch, which does not wait. */
  void planRest() {
    if (graph.inputs().stream().anyMatch(Input::waiting)) {
      planNext();
    }
  }

  private void planNext() {
    long timeMs = nextMs;
    nextMs += graph.batchMs();
    long records = 0;
    for (Input input : graph.inputs()) {
      records += input.allocate(timeMs);
    }
    planned.addLast(new Batch(ledger.plan(records, clock.nowMs()), timeMs, records));
    announcements.tell(new StreamEvent.BatchPlanned(timeMs, records));
  }

  /** The batch that is to run now, or null if one runs or none is there. */
  Batch next() {
    if (running != null || planned.isEmpty()) {
      return null;
    }
    running = planned.removeFirst();
    startedMs = clock.nowMs();
    ledger.move(running.number(), BatchState.RUNNING);
    announcements.tell(
        new StreamEvent.BatchStarted(
            running.timeMs(), running.records(), startedMs - running.timeMs()));
    return running;
  }

  /** All of {@code batch} is done: tells sources, forgets datasets. */
  Completed completed(Batch batch) {
    long nowMs = clock.nowMs();
    Completed completed =
        new Completed(batch, Math.max(0, startedMs - batch.timeMs()), nowMs - startedMs, nowMs);
    running = null;
    ledger.move(batch.number(), BatchState.COMMITTED);
    // Nothing is kept for a later process yet: what is committed is as durable as it gets.
    ledger.move(batch.number(), BatchState.DURABLE);
    List<Input> inputs = graph.inputs();
    inputs.forEach(input -> input.committed(batch.timeMs()));
    graph.complete(batch.timeMs());
    ledger.move(batch.number(), BatchState.FINALIZED);
    announcements.tell(
        new StreamEvent.BatchCompleted(
            batch.timeMs(), batch.records(), completed.delayMs(), completed.processingMs()));
    return completed;
  }

  /** {@code batch} has failed; the ledger shows it as running for ever. */
  void failed(Batch batch, Throwable cause) {
    running = null;
    announcements.tell(new StreamEvent.BatchFailed(batch.timeMs(), cause));
  }
}
