package dev.sluice.engine.stream;

import java.io.Serializable;
import java.util.Optional;

/**
 * Is called for each value of a key, in order, and once without a value when the state of a key
 * times out.
 *
 * @param <R> what it gives, a record of the mapped stream
 */
@FunctionalInterface
public interface StateFunction<K, V, S, R> extends Serializable {

  /** Maps {@code value}, and reads and changes the state of {@code key}. */
  R apply(K key, Optional<V> value, State<S> state) throws Exception;
}
