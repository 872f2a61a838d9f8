package dev.sluice.engine.stream;

/**
 * The state of one key, while a function is called for it. Values must not be changed in place:
 * update it with another, since the function is called again when its task is.
 */
public interface State<S> {

  /** Whether there is a state. */
  boolean exists();

  /**
   * The state.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  S get();

  /**
   * Sets the state.
   *
   * @throws IllegalStateException if it is timing out, since it is removed afterwards
   */
  void update(S value);

  /**
   * Removes the state.
   *
   * @throws IllegalStateException if it is timing out, since it is removed afterwards
   */
  void remove();

  /** Whether the function is called because nothing came for the key, and the state will go. */
  boolean isTimingOut();
}
