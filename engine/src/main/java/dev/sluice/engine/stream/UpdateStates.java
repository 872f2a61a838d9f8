package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Function1;
import dev.sluice.engine.rdd.Function2;
import dev.sluice.engine.rdd.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the state of a key after a batch of the state before and the values in it, as {@link
 * Tagged}; without a result the state goes.
 */
record UpdateStates<K, V, S>(
    Function2<? super List<V>, ? super Optional<S>, ? extends Optional<S>> function)
    implements Function1<Pair<K, Iterable<Pair<Integer, Object>>>, List<Pair<K, S>>> {

  @Override
  @SuppressWarnings("unchecked") // Tags tell what they are.
  public List<Pair<K, S>> apply(Pair<K, Iterable<Pair<Integer, Object>>> group) throws Exception {
    Optional<S> state = Optional.empty();
    List<V> values = new ArrayList<>();
    for (Pair<Integer, Object> each : group.value()) {
      if (each.key() == Tagged.STATE) {
        state = Optional.of((S) each.value());
      } else {
        values.add((V) each.value());
      }
    }
    Optional<S> after = function.apply(values, state);
    return after.isPresent() ? List.of(Pair.of(group.key(), after.get())) : List.of();
  }
}
