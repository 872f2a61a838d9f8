package dev.sluice.engine.stream;

import java.util.NoSuchElementException;

/** The state of a key while its function is called. For use by the task that visits the key. */
final class StateCell<S> implements State<S> {
  private final boolean timingOut;
  private S value;

  /**
   * A cell with a state.
   *
   * @param before the state, or null if there is none
   */
  StateCell(S before, boolean timingOut) {
    this.value = before;
    this.timingOut = timingOut;
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
