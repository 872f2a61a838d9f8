package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Calls a function for each value, and for each state that times out.
 *
 * @param timeoutMs for how long a key may have no values; 0 for ever
 */
record MapWithStates<K, V, S, R>(
    StateFunction<? super K, V, S, ? extends R> function, long timeoutMs)
    implements KeyStates.Advance<K, V, S> {

  @Override
  @SuppressWarnings("unchecked") // Tags tell what they are.
  public List<Pair<Integer, Object>> apply(
      Long timeMs, Pair<K, Iterable<Pair<Integer, Object>>> group) throws Exception {
    List<Pair<Integer, Object>> records = new ArrayList<>();
    Cell<S> cell = new Cell<>();
    boolean changed = false;
    for (Pair<Integer, Object> each : group.value()) {
      if (each.key() == Tagged.STATE) {
        cell.restore((Pair<S, Long>) each.value());
      } else {
        V value = (V) each.value();
        records.add(Tagged.emitted(function.apply(group.key(), Optional.of(value), cell)));
        changed = true;
      }
    }
    if (changed) {
      cell.lastMs = timeMs;
    } else if (timeoutMs > 0 && timeMs - cell.lastMs >= timeoutMs) {
      cell.timingOut = true;
      records.add(Tagged.emitted(function.apply(group.key(), Optional.empty(), cell)));
      return records;
    }
    if (cell.exists()) {
      records.add(Tagged.state(group.key(), cell.value, cell.lastMs));
    }
    return records;
  }

  /** For use by the task that visits the key. */
  private static final class Cell<S> implements State<S> {
    private S value;
    private long lastMs;
    private boolean timingOut;

    void restore(Pair<S, Long> before) {
      value = before.key();
      lastMs = before.value();
    }

    @Override
    public boolean exists() {
      return value != null;
    }

    @Override
    public S get() {
      if (value == null) {
        throw new NoSuchElementException("the key has no state: ask exists() first");
      }
      return value;
    }

    @Override
    public void update(S newValue) {
      checkStays();
      if (newValue == null) {
        throw new NullPointerException("a state cannot be null: call remove()");
      }
      value = newValue;
    }

    @Override
    public void remove() {
      checkStays();
      value = null;
    }

    @Override
    public boolean isTimingOut() {
      return timingOut;
    }

    private void checkStays() {
      if (timingOut) {
        throw new IllegalStateException(
            "the state is timing out and will be removed: ask isTimingOut() before it is changed");
      }
    }
  }
}
