package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Pair;

/**
 * States and values of a key in one dataset: pairs of a tag and what it is, which every codec of a
 * context can write.
 */
final class Tagged {
  /** The state of a key before. */
  static final int STATE = 0;

  /** A value of a key. */
  static final int VALUE = 1;

  private Tagged() {}

  static Pair<Integer, Object> value(Object value) {
    return Pair.of(VALUE, value);
  }

  static Pair<Integer, Object> state(Object state) {
    return Pair.of(STATE, state);
  }
}
