package dev.sluice.engine.stream;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.rdd.Carrying;
import dev.sluice.engine.rdd.Pair;

/** Puts states with the batches in which their keys had values last; of several the last counts. */
record LoadStates<K, S, R>() implements Carrying<K, Pair<S, Long>, R, StateTable<K, S>> {

  @Override
  public Visits<K, Pair<S, Long>, StateTable<K, S>> open(StateTable<K, S> before, Output<R> out) {
    StateTable.Edit<K, S> states = before.edit();
    return new Visits<>() {
      @Override
      public void visit(Object identity, K key, Iterable<Pair<S, Long>> values) {
        Pair<S, Long> last = null;
        for (Pair<S, Long> each : values) {
          last = each;
        }
        if (last.key() != null) {
          StateKey<K> of = StateKey.of(identity, key, last.value());
          states.put(null, KeptState.of(of, last.key(), last.value()));
        }
      }

      @Override
      public StateTable<K, S> finish() {
        return states.done();
      }
    };
  }
}
