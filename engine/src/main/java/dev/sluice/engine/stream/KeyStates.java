package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.PairRdd;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.RddContext;
import dev.sluice.engine.stream.Node.Need;
import dev.sluice.engine.stream.Node.Shape;
import dev.sluice.engine.stream.Node.Storage;
import java.util.List;

/**
 * The states of {@link PairDStream#updateStateByKey}: those after a batch are made of those before
 * and the values of the batch, in the batch. Every key is visited in every batch.
 */
final class KeyStates<K, V, S> implements Computation<Pair<K, S>> {
  private final Node<Pair<K, S>> node;
  private final Node<Pair<K, V>> values;
  private final PairRdd<K, S> initial;
  private final UpdateStates<K, V, S> update;

  private KeyStates(
      Node<Pair<K, S>> node,
      Node<Pair<K, V>> values,
      PairRdd<K, S> initial,
      UpdateStates<K, V, S> update) {
    this.node = node;
    this.values = values;
    this.initial = initial;
    this.update = update;
  }

  /**
   * The node of the states.
   *
   * @param initial the states before the first batch, or null
   */
  static <K, V, S> Node<Pair<K, S>> of(
      Node<Pair<K, V>> values, PairRdd<K, S> initial, UpdateStates<K, V, S> update) {
    Shape shape = new Shape(values.slideMs(), List.of(new Need(values, 0)), Storage.HELD, true);
    Node<Pair<K, S>> node = values.graph().add("updateStateByKey", shape);
    node.computedBy(new KeyStates<>(node, values, initial, update));
    return node;
  }

  @Override
  public Made<Pair<K, S>> make(long timeMs) {
    RddContext rdds = node.graph().rdds();
    Rdd<Pair<K, Pair<Integer, Object>>> now =
        PairRdd.of(values.dataset(timeMs)).mapValues(Tagged::value);
    Rdd<Pair<K, Pair<Integer, Object>>> before = before(rdds, timeMs).mapValues(Tagged::state);
    // States first: the values of a key keep this order.
    Rdd<Pair<K, Pair<Integer, Object>>> both = rdds.union(List.of(before, now));
    return Made.of(PairRdd.of(both).groupByKey().<Pair<K, S>>flatMap(update).materialize());
  }

  private PairRdd<K, S> before(RddContext rdds, long timeMs) {
    Long last = node.lastBefore(timeMs);
    if (last != null) {
      return PairRdd.of(node.existing(last));
    }
    return initial == null ? rdds.parallelizePairs(List.of(), 1) : initial;
  }
}
