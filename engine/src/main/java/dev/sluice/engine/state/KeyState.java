package dev.sluice.engine.state;

import dev.sluice.engine.state.Timers.Armed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The state of one key as one attempt sees and changes it. For use by the attempt's thread.
 *
 * <p>A cell is copied when it is first asked for; what is committed before the attempt's own commit
 * stays as it is.
 */
public final class KeyState {
  private static final Cell GONE = new Gone();

  private final Entry base;
  private final Map<CellAddress, Cell> cells = new HashMap<>();
  private final Timers timers;

  KeyState(Entry base) {
    this.base = base;
    this.timers = base == null ? new Timers() : new Timers(base.timers());
  }

  /** State that nothing is known of, and that is never committed. */
  public static KeyState passing() {
    return new KeyState(null);
  }

  /** The cell at {@code address}; an empty one is made if there is none. */
  public Cell cell(CellAddress address, Supplier<? extends Cell> make) {
    Cell own = cells.get(address);
    if (own == GONE) {
      own = make.get();
      cells.put(address, own);
    } else if (own == null) {
      Cell committed = base == null ? null : base.cells().get(address);
      own = committed == null ? make.get() : committed.copy();
      cells.put(address, own);
    }
    return own;
  }

  /** Replaces the cell at {@code address}. */
  public void put(CellAddress address, Cell cell) {
    cells.put(address, cell);
  }

  /** Takes the cell at {@code address} away. */
  public void remove(CellAddress address) {
    cells.put(address, GONE);
  }

  /** Arms a timer, in place of one with the same id. */
  public void setTimer(Timer timer) {
    timers.set(timer);
  }

  /** The timer with this id, or null. */
  public Timer timer(Object id) {
    return timers.get(id);
  }

  /** Takes the timer with this id away; null if there is none. */
  public Timer removeTimer(Object id) {
    return timers.remove(id);
  }

  /** Takes all timers away whose id {@code ids} accepts. */
  public void removeTimers(Predicate<Object> ids) {
    timers.removeIf(ids);
  }

  /** The timer of {@code domain} that is due first, or null. */
  public Timer first(TimerDomain domain) {
    return timers.first(domain);
  }

  /** What the output watermark waits for. */
  public long hold() {
    long hold = timers.hold();
    for (Cell cell : cells.values()) {
      hold = Math.min(hold, cell.hold());
    }
    if (base != null) {
      for (Map.Entry<CellAddress, Cell> cell : base.cells().entrySet()) {
        if (!cells.containsKey(cell.getKey())) {
          hold = Math.min(hold, cell.getValue().hold());
        }
      }
    }
    return hold;
  }

  /** What is to be kept, or null for nothing. */
  Entry committed() {
    Map<CellAddress, Cell> merged = base == null ? new HashMap<>() : new HashMap<>(base.cells());
    cells.forEach(
        (address, cell) -> {
          if (cell.isEmpty()) {
            merged.remove(address);
          } else {
            merged.put(address, cell);
          }
        });
    if (merged.isEmpty() && timers.isEmpty()) {
      return null;
    }
    long hold = timers.hold();
    for (Cell cell : merged.values()) {
      hold = Math.min(hold, cell.hold());
    }
    // Most keys have one cell or few: small maps are what a million of them can be kept in.
    return new Entry(Map.copyOf(merged), timers.committed(), hold);
  }

  /** Stands for a cell that was taken away. */
  private record Gone() implements Cell {
    @Override
    public Cell copy() {
      return this;
    }

    @Override
    public boolean isEmpty() {
      return true;
    }
  }

  /** What is committed of a key. */
  record Entry(Map<CellAddress, Cell> cells, List<Armed> timers, long hold) {}
}
