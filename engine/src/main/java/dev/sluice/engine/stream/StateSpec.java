package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.PairRdd;
import java.time.Duration;
import java.util.Objects;

/**
 * What {@link PairDStream#mapWithState} does. Immutable.
 *
 * @param function is called for each value
 * @param initial the states to start with, or null; times out as if it were of the first batch
 * @param timeout for how long a key may have no values before its state is removed, or null for
 *     ever; looked at in every batch
 */
public record StateSpec<K, V, S, R>(
    StateFunction<? super K, V, S, ? extends R> function, PairRdd<K, S> initial, Duration timeout) {
  public StateSpec {
    Objects.requireNonNull(function, "function");
  }

  /** Starts without states, and keeps them for ever. */
  public static <K, V, S, R> StateSpec<K, V, S, R> of(
      StateFunction<? super K, V, S, ? extends R> function) {
    return new StateSpec<>(function, null, null);
  }

  public StateSpec<K, V, S, R> withInitial(PairRdd<K, S> states) {
    return new StateSpec<>(function, states, timeout);
  }

  public StateSpec<K, V, S, R> withTimeout(Duration longest) {
    return new StateSpec<>(function, initial, longest);
  }
}
