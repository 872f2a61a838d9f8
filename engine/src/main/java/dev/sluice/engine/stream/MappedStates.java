package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.PairRdd;
import dev.sluice.engine.stream.Node.Storage;
import java.util.List;

/** The two streams of {@link PairDStream#mapWithState}. */
public final class MappedStates<K, S, R> {
  private final Node<Pair<K, Pair<S, Long>>> states;
  private final Computation<R> mapped;

  MappedStates(Node<Pair<K, Pair<S, Long>>> states, Computation<R> mapped) {
    this.states = states;
    this.mapped = mapped;
  }

  /** What the function has given, in each batch. */
  public DStream<R> mapped() {
    // Held on its own: a long window of it keeps no versions of the states.
    Node<R> node = states.graph().add("mapped", Streams.inBatch(List.of(states), Storage.HELD));
    node.computedBy(mapped);
    return new DStream<>(node);
  }

  /** All states, after each batch. */
  public PairDStream<K, S> stateSnapshots() {
    return new PairDStream<>(
        Streams.each(states, "stateSnapshots", rdd -> PairRdd.of(rdd).mapValues(Pair::key)));
  }

  /** All states with the batches in which their keys had values last, as they are kept. */
  Node<Pair<K, Pair<S, Long>>> states() {
    return states;
  }
}
