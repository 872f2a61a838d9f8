package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.Rdd;

/**
 * Records of different kinds in one dataset: pairs of a tag and a record, which every codec of a
 * context can write.
 */
final class Tagged {
  /** A state with the time of the batch in which its key had values last. */
  static final int STATE = 0;

  /** A value of a key. */
  static final int VALUE = 1;

  /** A record that a function has given. */
  static final int EMITTED = 2;

  private Tagged() {}

  static Pair<Integer, Object> value(Object value) {
    return Pair.of(VALUE, value);
  }

  static Pair<Integer, Object> emitted(Object record) {
    return Pair.of(EMITTED, record);
  }

  static <S> Pair<Integer, Object> state(Pair<S, Long> state) {
    return Pair.of(STATE, state);
  }

  /** The state of {@code key} as a record of its own. */
  static <K, S> Pair<Integer, Object> state(K key, S state, long timeMs) {
    return Pair.of(STATE, Pair.of(key, Pair.of(state, timeMs)));
  }

  /** The states in {@code tagged}. */
  @SuppressWarnings("unchecked") // The caller knows what it has put in.
  static <K, S> Rdd<Pair<K, Pair<S, Long>>> states(Rdd<Pair<Integer, Object>> tagged) {
    return tagged
        .filter(record -> record.key() == STATE)
        .map(record -> (Pair<K, Pair<S, Long>>) record.value());
  }

  /** What was emitted in {@code tagged}. */
  @SuppressWarnings("unchecked") // The caller knows what it has put in.
  static <R> Rdd<R> emitted(Rdd<Pair<Integer, Object>> tagged) {
    return tagged.filter(record -> record.key() == EMITTED).map(record -> (R) record.value());
  }
}
