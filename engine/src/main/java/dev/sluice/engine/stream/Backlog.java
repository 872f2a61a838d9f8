package dev.sluice.engine.stream;

import dev.sluice.engine.batch.BatchState;
import dev.sluice.engine.batch.Ledger;
import dev.sluice.engine.stream.Durability.Restored;
import dev.sluice.engine.stream.Durability.Resumed;
import dev.sluice.engine.time.Clock;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The batches that have been planned and are not complete, in order. It outlives a stop: what was
 * planned then is run after the next start. For use by the scheduler's thread.
 */
final class Backlog {
  private final Graph graph;
  private final Clock clock;
  private final Announcements announcements;
  private final int maxQueued;
  private final Durability durability;
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

  Backlog(Graph graph, Announcements announcements, int maxQueued, Durability durability) {
    this.graph = graph;
    this.clock = graph.rdds().environment().clock();
    this.announcements = announcements;
    this.maxQueued = maxQueued;
    this.durability = durability;
  }

  Ledger ledger() {
    return ledger;
  }

  /**
   * The context is started: ticks that were missed since the last stop are left out.
   *
   * @throws IOException if what an earlier process has left cannot be gone on from
   */
  void restart(boolean first) throws IOException {
    long batchMs = graph.batchMs();
    long lastTickMs = Math.floorDiv(clock.nowMs(), batchMs) * batchMs;
    nextMs = Math.max(nextMs, lastTickMs + batchMs);
    if (first) {
      graph.originMs(lastTickMs);
      durability.open().ifPresent(this::resume);
    }
  }

  private void resume(Resumed resumed) {
    long lastMs = resumed.afterMs();
    for (Restored each : resumed.batches()) {
      lastMs = Math.max(lastMs, each.timeMs());
      long number = ledger.plan(each.records(), clock.nowMs());
      planned.addLast(new Batch(number, each.timeMs(), each.records(), each.done()));
    }
    long followingMs = lastMs + graph.batchMs();
    nextMs = resumed.downtime() == Downtime.REPLAY ? followingMs : Math.max(nextMs, followingMs);
  }

  /** What a later process goes on from. */
  Durability durability() {
    return durability;
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
  void plan() throws IOException {
    long nowMs = clock.nowMs();
    int before = planned.size();
    while (nextMs <= nowMs && planned.size() < maxQueued) {
      planNext();
    }
    if (planned.size() > before) {
      durability.sync();
    }
  }

  /** Receivers have stopped: what they have goes to one more batch, which does not wait. */
  void planRest() throws IOException {
    if (graph.inputs().stream().anyMatch(Input::waiting)) {
      planNext();
      durability.sync();
    }
  }

  private void planNext() throws IOException {
    long timeMs = nextMs;
    nextMs += graph.batchMs();
    long records = 0;
    for (Input input : graph.inputs()) {
      records += input.allocate(timeMs);
    }
    durability.planned(timeMs, records);
    planned.addLast(new Batch(ledger.plan(records, clock.nowMs()), timeMs, records, false));
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

  /** The outputs of {@code batch} are prepared: from now on they count. */
  void done(Batch batch, Map<String, List<String>> prepared) throws IOException {
    ledger.move(batch.number(), BatchState.COMMITTED);
    if (!batch.replay()) {
      durability.done(batch.timeMs(), prepared);
    }
    ledger.move(batch.number(), BatchState.DURABLE);
    announcements.tell(new StreamEvent.BatchDurable(batch.timeMs()));
  }

  /** The outputs of {@code batch} are published: tells sources, forgets datasets. */
  Completed completed(Batch batch) throws IOException {
    long nowMs = clock.nowMs();
    Completed completed =
        new Completed(batch, Math.max(0, startedMs - batch.timeMs()), nowMs - startedMs, nowMs);
    running = null;
    List<Input> inputs = graph.inputs();
    inputs.forEach(input -> input.committed(batch.timeMs()));
    graph.complete(batch.timeMs());
    ledger.move(batch.number(), BatchState.FINALIZED);
    announcements.tell(
        new StreamEvent.BatchCompleted(
            batch.timeMs(), batch.records(), completed.delayMs(), completed.processingMs()));
    durability.complete(batch.timeMs());
    return completed;
  }

  /** {@code batch} has failed; the ledger shows it as running for ever. */
  void failed(Batch batch, Throwable cause) {
    running = null;
    announcements.tell(new StreamEvent.BatchFailed(batch.timeMs(), cause));
  }
}
