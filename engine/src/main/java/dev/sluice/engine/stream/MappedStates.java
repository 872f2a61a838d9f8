package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.PairRdd;

/** The two streams of {@link PairDStream#mapWithState}. */
public final class MappedStates<K, S, R> {
  private final Node<Pair<Integer, Object>> states;

  MappedStates(Node<Pair<Integer, Object>> states) {
    this.states = states;
  }

  /** What the function has given, in each batch. */
  public DStream<R> mapped() {
    return new DStream<>(Streams.each(states, "mapped", rdd -> Tagged.<R>emitted(rdd)));
  }

  /** All states, after each batch. */
  public PairDStream<K, S> stateSnapshots() {
    return new PairDStream<>(
        Streams.each(
            states,
            "stateSnapshots",
            rdd -> PairRdd.of(Tagged.<K, S>states(rdd)).mapValues(Pair::key)));
  }
}
