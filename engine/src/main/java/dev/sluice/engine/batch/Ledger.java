package dev.sluice.engine.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The batches of a stream and where they stand. Written by the thread that runs the batches, read
 * by any. It remembers the last hundred that are finalized.
 */
public final class Ledger {
  private static final int REMEMBERED = 100;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long next;

  /**
   * A batch.
   *
   * @param number counted from 0
   * @param records how many records it reads
   * @param plannedMs when it was planned, by the wall clock
   */
  public record Entry(long number, BatchState state, long records, long plannedMs) {}

  /** Adds a batch and returns its number. */
  public synchronized long plan(long records, long nowMs) {
    long number = next++;
    entries.addLast(new Entry(number, BatchState.PLANNED, records, nowMs));
    if (entries.size() > REMEMBERED && entries.peekFirst().state() == BatchState.FINALIZED) {
      entries.removeFirst();
    }
    return number;
  }

  /** Moves the last batch on. */
  synchronized void move(BatchState state) {
    Entry last = entries.removeLast();
    if (!last.state().leadsTo(state)) {
      throw new IllegalStateException(
          "batch " + last.number() + " is " + last.state() + " and cannot become " + state);
    }
    entries.addLast(new Entry(last.number(), state, last.records(), last.plannedMs()));
  }

  /** Moves a batch on, of which several may be planned. */
  public synchronized void move(long batch, BatchState state) {
    Deque<Entry> later = new ArrayDeque<>();
    while (!entries.isEmpty() && entries.peekLast().number() > batch) {
      later.addFirst(entries.removeLast());
    }
    try {
      if (entries.isEmpty() || entries.peekLast().number() != batch) {
        throw new IllegalArgumentException("batch " + batch + " is not in the ledger");
      }
      move(state);
    } finally {
      entries.addAll(later);
    }
  }

  /** The last batches, oldest first. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }
}
