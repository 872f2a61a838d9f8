package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Function2;
import dev.sluice.engine.rdd.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls a function for each key that has a state or values; without a result the state goes. */
record UpdateStates<K, V, S>(
    Function2<? super List<V>, ? super Optional<S>, ? extends Optional<S>> function)
    implements KeyStates.Advance<K, V, S> {

  @Override
  @SuppressWarnings("unchecked") // Tags tell what they are.
  public List<Pair<Integer, Object>> apply(
      Long timeMs, Pair<K, Iterable<Pair<Integer, Object>>> group) throws Exception {
    Optional<S> state = Optional.empty();
    List<V> values = new ArrayList<>();
    for (Pair<Integer, Object> each : group.value()) {
      if (each.key() == Tagged.STATE) {
        Pair<S, Long> before = (Pair<S, Long>) each.value();
        state = Optional.of(before.key());
      } else {
        values.add((V) each.value());
      }
    }
    Optional<S> after = function.apply(values, state);
    return after.isPresent() ? List.of(Tagged.state(group.key(), after.get(), timeMs)) : List.of();
  }
}
