package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Function1;
import dev.sluice.engine.rdd.Function2;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.PairRdd;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.RddContext;
import dev.sluice.engine.stream.Computation.Made;
import dev.sluice.engine.stream.Node.Need;
import dev.sluice.engine.stream.Node.Shape;
import dev.sluice.engine.stream.Node.Storage;
import java.util.List;

/**
 * State by key. The dataset of a batch has the states after it and what was emitted in it, as
 * {@link Tagged}; it is made of the states before and the values of the batch, in the batch.
 *
 * <p>Every key is visited in every batch, so a timeout needs no data to be noticed.
 */
final class KeyStates<K, V, S> implements Computation<Pair<Integer, Object>> {
  private final Node<Pair<Integer, Object>> node;
  private final Node<Pair<K, V>> values;
  private final PairRdd<K, S> initial;
  private final Advance<K, V, S> advance;

  /**
   * What happens to a key in a batch: the time of the batch, the key with its state and values, and
   * what becomes of them.
   */
  interface Advance<K, V, S>
      extends Function2<
          Long, Pair<K, Iterable<Pair<Integer, Object>>>, List<Pair<Integer, Object>>> {}

  private KeyStates(
      Node<Pair<Integer, Object>> node,
      Node<Pair<K, V>> values,
      PairRdd<K, S> initial,
      Advance<K, V, S> advance) {
    this.node = node;
    this.values = values;
    this.initial = initial;
    this.advance = advance;
  }

  /**
   * The node of the states.
   *
   * @param initial the states before the first batch, or null
   */
  static <K, V, S> Node<Pair<Integer, Object>> of(
      Node<Pair<K, V>> values, String name, PairRdd<K, S> initial, Advance<K, V, S> advance) {
    Shape shape = new Shape(values.slideMs(), List.of(new Need(values, 0)), Storage.HELD, true);
    Node<Pair<Integer, Object>> node = values.graph().add(name, shape);
    node.computedBy(new KeyStates<>(node, values, initial, advance));
    return node;
  }

  @Override
  public Made<Pair<Integer, Object>> make(long timeMs) {
    RddContext rdds = node.graph().rdds();
    Rdd<Pair<K, Pair<Integer, Object>>> now =
        PairRdd.of(values.dataset(timeMs)).mapValues(Tagged::value);
    // States first: the values of a key keep this order.
    Rdd<Pair<K, Pair<Integer, Object>>> both = rdds.union(List.of(before(rdds, timeMs), now));
    Advance<K, V, S> own = advance;
    Function1<Pair<K, Iterable<Pair<Integer, Object>>>, List<Pair<Integer, Object>>> advanced =
        group -> own.apply(timeMs, group);
    return Made.of(PairRdd.of(both).groupByKey().flatMap(advanced).materialize());
  }

  private Rdd<Pair<K, Pair<Integer, Object>>> before(RddContext rdds, long timeMs) {
    Long last = node.lastBefore(timeMs);
    if (last != null) {
      Rdd<Pair<K, Pair<S, Long>>> states = Tagged.states(node.existing(last));
      return PairRdd.of(states).mapValues(Tagged::state);
    }
    if (initial != null) {
      long beforeMs = timeMs - node.slideMs();
      return initial.mapValues(state -> Tagged.state(Pair.of(state, beforeMs)));
    }
    return rdds.parallelize(List.of(), 1);
  }
}
