package dev.sluice.engine.state;

import dev.sluice.engine.codec.Shared;
import dev.sluice.engine.state.Timers.Armed;
import dev.sluice.engine.time.Watermark;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The state of one key as one attempt sees and changes it. For use by the attempt's thread.
 *
 * <p>A cell is copied when it is first asked for; what is committed before the attempt's own commit
 * stays as it is. Until something is asked for, nothing is copied.
 */
public final class KeyState {
  private static final Cell GONE = new Gone();

  private Entry before;
  private Entry base;
  private final ChangedCells cells = new ChangedCells();
  private Timers timers;
  private boolean settled;

  KeyState(Entry base) {
    this.before = base;
    this.base = base;
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
      put(address, own);
    } else if (own == null) {
      Cell committed = base == null ? null : base.cells().get(address);
      own = committed == null ? make.get() : committed.copy();
      put(address, own);
    }
    return own;
  }

  /** The cell at {@code address}, to be looked at and not to be changed; null if there is none. */
  public Cell peek(CellAddress address) {
    Cell own = cells.get(address);
    if (own != null) {
      return own == GONE ? null : own;
    }
    return base == null ? null : base.cells().get(address);
  }

  /** Replaces the cell at {@code address}. */
  public void put(CellAddress address, Cell cell) {
    cells.put(address, cell);
  }

  /** Takes the cell at {@code address} away. */
  public void remove(CellAddress address) {
    put(address, GONE);
  }

  /** Arms a timer, in place of one with the same id. */
  public void setTimer(Timer timer) {
    timers().set(timer);
  }

  /** The timer with this id, or null. */
  public Timer timer(Object id) {
    return timers().get(id);
  }

  /** Takes the timer with this id away; null if there is none. */
  public Timer removeTimer(Object id) {
    return timers().remove(id);
  }

  /** Takes all timers away whose id {@code ids} accepts. */
  public void removeTimers(Predicate<Object> ids) {
    timers().removeIf(ids);
  }

  /** The timer of {@code domain} that is due first, or null. */
  public Timer first(TimerDomain domain) {
    if (timers == null) {
      return base == null ? null : Timers.first(base.timers(), domain);
    }
    return timers.first(domain);
  }

  private Timers timers() {
    if (timers == null) {
      timers = base == null ? new Timers() : new Timers(base.timers());
    }
    return timers;
  }

  /** All timers, in the form in which they are committed. */
  private List<Armed> armed() {
    if (timers == null) {
      return base == null ? List.of() : base.timers();
    }
    return timers.committed();
  }

  /** What the output watermark waits for. */
  public long hold() {
    if (isUntouched()) {
      return base == null ? Watermark.END : base.hold();
    }
    LeastHold hold = new LeastHold(Timers.hold(armed()));
    cells.forEach((address, cell) -> hold.add(cell));
    if (base != null) {
      base.cells()
          .forEach(
              (address, cell) -> {
                if (cells.get(address) == null) {
                  hold.add(cell);
                }
              });
    }
    return hold.ms;
  }

  /** Keeps the changes in the form in which they will be committed, which takes less memory. */
  void settle(Shared shared) {
    settled = isChanged();
    if (settled && before != null) {
      // The store may have given it alone to this key: its cells are not kept alive.
      before = before.withoutCells();
    }
    base = committed(shared);
    cells.clear();
    timers = null;
  }

  /** What is to be kept, or null for nothing. */
  Entry committed(Shared shared) {
    if (isUntouched()) {
      return base;
    }
    Map<CellAddress, Cell> merged = merged(shared);
    List<Armed> armed = timers == null ? armed() : shared.of(armed());
    if (merged.isEmpty() && armed.isEmpty()) {
      return null;
    }
    LeastHold hold = new LeastHold(Timers.hold(armed));
    merged.forEach((address, cell) -> hold.add(cell));
    return new Entry(merged, armed, hold.ms);
  }

  private Map<CellAddress, Cell> merged(Shared shared) {
    return FewCells.merged(base == null ? Map.of() : base.cells(), cells, shared);
  }

  /** What was committed when the key was asked for, perhaps without its cells; null for nothing. */
  Entry before() {
    return before;
  }

  /** Whether it may be other than what is committed. */
  boolean isChanged() {
    return settled || !isUntouched();
  }

  private boolean isUntouched() {
    return cells.isEmpty() && timers == null;
  }

  /** The least hold of several. */
  private static final class LeastHold {
    private long ms;

    LeastHold(long ms) {
      this.ms = ms;
    }

    void add(Cell cell) {
      ms = Math.min(ms, cell.hold());
    }
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
  record Entry(Map<CellAddress, Cell> cells, List<Armed> timers, long hold) {

    /** When the first timer of {@code domain} is due; {@code END} if there is none. */
    long earliest(TimerDomain domain) {
      Timer first = Timers.first(timers, domain);
      return first == null ? Watermark.END : first.timestamp();
    }

    Entry withoutCells() {
      return cells.isEmpty() ? this : new Entry(Map.of(), timers, hold);
    }
  }
}
