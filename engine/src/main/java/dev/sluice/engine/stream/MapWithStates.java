package dev.sluice.engine.stream;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.rdd.Carrying;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Calls a function for each value of a batch, and then for each state that times out in it; no
 * other keys are visited.
 */
record MapWithStates<K, V, S, R>(StateFunction<? super K, V, S, ? extends R> function, long timeMs)
    implements Carrying<K, V, R, StateTable<K, S>> {

  @Override
  public Visits<K, V, StateTable<K, S>> open(StateTable<K, S> before, Output<R> out) {
    return new Calls<>(this, before.edit(), out);
  }

  /** The calls of one attempt. The states of several keys are looked up at once. */
  private static final class Calls<K, V, S, R> implements Visits<K, V, StateTable<K, S>> {
    private static final int AT_ONCE = 32;

    private final MapWithStates<K, V, S, R> map;
    private final StateTable.Edit<K, S> states;
    private final Output<R> out;
    private final List<StateKey<K>> keys = new ArrayList<>(AT_ONCE);
    private final List<Iterable<V>> values = new ArrayList<>(AT_ONCE);

    Calls(MapWithStates<K, V, S, R> map, StateTable.Edit<K, S> states, Output<R> out) {
      this.map = map;
      this.states = states;
      this.out = out;
    }

    @Override
    public void visit(Object identity, K key, Iterable<V> valuesOfKey) throws Exception {
      keys.add(StateKey.of(identity, key, map.timeMs));
      values.add(valuesOfKey);
      if (keys.size() == AT_ONCE || !(valuesOfKey instanceof Collection)) {
        callWaiting();
      }
    }

    private void callWaiting() throws Exception {
      List<KeptState<K, S>> found = states.find(keys);
      for (int i = 0; i < keys.size(); i++) {
        call(keys.get(i), found.get(i), values.get(i));
      }
      keys.clear();
      values.clear();
    }

    private void call(StateKey<K> key, KeptState<K, S> kept, Iterable<V> valuesOfKey)
        throws Exception {
      StateCell<S> cell = new StateCell<>(kept == null ? null : kept.state(), false);
      for (V value : valuesOfKey) {
        out.emit(map.function.apply(key.key(), Optional.of(value), cell));
      }
      if (cell.exists()) {
        StateKey<K> of = kept == null ? key : kept.of();
        states.put(kept, KeptState.of(of, cell.get(), map.timeMs));
      } else if (kept != null) {
        states.remove(kept);
      }
    }

    @Override
    public StateTable<K, S> finish() throws Exception {
      callWaiting();
      for (KeptState<K, S> kept : states.timingOut(map.timeMs)) {
        StateCell<S> cell = new StateCell<>(kept.state(), true);
        out.emit(map.function.apply(kept.of().key(), Optional.empty(), cell));
        states.remove(kept);
      }
      return states.done();
    }
  }
}
