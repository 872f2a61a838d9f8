package dev.sluice.engine.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * The batches of a stream and where they stand. Written by the thread that runs the batches, read
 * by any. It remembers the last hundred that are finalized.
 */
public final class Ledger {
  private static final int REMEMBERED = 100;

  private final List<Entry> entries = new ArrayList<>();
  private long next;

  /**
   * A batch.
   *
   * @param number counted from 0
   * @param records how many records it reads, at most if it reads a source itself
   * @param plannedMs when it was planned, by the wall clock
   */
  public record Entry(long number, BatchState state, long records, long plannedMs) {}

  /** Adds a batch and returns its number. */
  public synchronized long plan(long records, long nowMs) {
    long number = next++;
    entries.add(new Entry(number, BatchState.PLANNED, records, nowMs));
    while (entries.size() > REMEMBERED && entries.get(0).state() == BatchState.FINALIZED) {
      entries.remove(0);
    }
    return number;
  }

  /** The batches that a process before this one has made durable are over. */
  synchronized void startBehind(long batch) {
    next = batch + 1;
  }

  /** Moves a batch on, of which several may be planned. */
  public synchronized void move(long batch, BatchState state) {
    int index = entries.isEmpty() ? -1 : (int) (batch - entries.get(0).number());
    if (index < 0 || index >= entries.size()) {
      throw new IllegalArgumentException("batch " + batch + " is not in the ledger");
    }
    Entry entry = entries.get(index);
    if (!entry.state().leadsTo(state)) {
      throw new IllegalStateException(
          "batch " + batch + " is " + entry.state() + " and cannot become " + state);
    }
    entries.set(index, new Entry(batch, state, entry.records(), entry.plannedMs()));
  }

  /** The last batches, oldest first. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }
}
