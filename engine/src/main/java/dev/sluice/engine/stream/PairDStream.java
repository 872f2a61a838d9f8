package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Function1;
import dev.sluice.engine.rdd.Function2;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.PairRdd;
import dev.sluice.engine.rdd.Predicate1;
import dev.sluice.engine.rdd.StorageLevel;
import dev.sluice.engine.stream.Windows.Lengths;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A {@link DStream} of pairs, with what can be done by key. Keys are as for {@link PairRdd}. */
public final class PairDStream<K, V> extends DStream<Pair<K, V>> {

  PairDStream(Node<Pair<K, V>> node) {
    super(node);
  }

  /** The same stream with the operations of pairs. */
  public static <K, V> PairDStream<K, V> of(DStream<Pair<K, V>> stream) {
    return new PairDStream<>(stream.node());
  }

  /** Each key of a batch with all its values. */
  public PairDStream<K, Iterable<V>> groupByKey() {
    return pairs("groupByKey", PairRdd::groupByKey);
  }

  /** Combines the values of each key of a batch with an associative function. */
  public PairDStream<K, V> reduceByKey(Function2<? super V, ? super V, ? extends V> function) {
    return pairs("reduceByKey", rdd -> rdd.reduceByKey(function));
  }

  /** The same, with as many partitions. */
  public PairDStream<K, V> reduceByKey(
      Function2<? super V, ? super V, ? extends V> function, int partitions) {
    return pairs("reduceByKey", rdd -> rdd.reduceByKey(function, partitions));
  }

  /** Combines the values of each key of a batch in accumulators. */
  public <C> PairDStream<K, C> combineByKey(
      Function1<? super V, ? extends C> create,
      Function2<? super C, ? super V, ? extends C> add,
      Function2<? super C, ? super C, ? extends C> merge) {
    return pairs("combineByKey", rdd -> rdd.<C>combineByKey(create, add, merge));
  }

  /** Applies {@code function} to each value. */
  public <R> PairDStream<K, R> mapValues(Function1<? super V, ? extends R> function) {
    return pairs("mapValues", rdd -> rdd.<R>mapValues(function));
  }

  /** Pairs of each key with each element of what {@code function} gives for its value. */
  public <R> PairDStream<K, R> flatMapValues(
      Function1<? super V, ? extends Iterable<? extends R>> function) {
    return pairs("flatMapValues", rdd -> rdd.<R>flatMapValues(function));
  }

  /** Each key of either side, in a batch, with its values here and there. */
  public <W> PairDStream<K, Pair<Iterable<V>, Iterable<W>>> cogroup(PairDStream<K, W> other) {
    return with(other, "cogroup", PairRdd::cogroup);
  }

  /** Each value with each value of the same key and batch in {@code other}. */
  public <W> PairDStream<K, Pair<V, W>> join(PairDStream<K, W> other) {
    return with(other, "join", PairRdd::join);
  }

  /** As {@link #join}, and values without a partner with none. */
  public <W> PairDStream<K, Pair<V, Optional<W>>> leftOuterJoin(PairDStream<K, W> other) {
    return with(other, "leftOuterJoin", PairRdd::leftOuterJoin);
  }

  /** As {@link #join}, and values of {@code other} without a partner. */
  public <W> PairDStream<K, Pair<Optional<V>, W>> rightOuterJoin(PairDStream<K, W> other) {
    return with(other, "rightOuterJoin", PairRdd::rightOuterJoin);
  }

  /** As {@link #join}, and values of both sides without a partner. */
  public <W> PairDStream<K, Pair<Optional<V>, Optional<W>>> fullOuterJoin(PairDStream<K, W> other) {
    return with(other, "fullOuterJoin", PairRdd::fullOuterJoin);
  }

  /** What {@code function} makes of each dataset, with the operations of pairs. */
  public <L, W> PairDStream<L, W> transformPairs(
      Function1<PairRdd<K, V>, ? extends PairRdd<L, W>> function) {
    return transformPairs((rdd, timeMs) -> function.apply(rdd));
  }

  /** The same with the time of the batch, in milliseconds. */
  public <L, W> PairDStream<L, W> transformPairs(
      Function2<PairRdd<K, V>, Long, ? extends PairRdd<L, W>> function) {
    return new PairDStream<>(
        Streams.each(
            node(), "transformPairs", (rdd, timeMs) -> function.apply(PairRdd.of(rdd), timeMs)));
  }

  // Windows.

  /** Each key of a window with all its values. */
  public PairDStream<K, Iterable<V>> groupByKeyAndWindow(Duration window, Duration slide) {
    return window(window, slide).groupByKey();
  }

  /** The values of each key of a window combined by an associative function. */
  public PairDStream<K, V> reduceByKeyAndWindow(
      Function2<? super V, ? super V, ? extends V> function, Duration window, Duration slide) {
    return slices(function).window(window, slide).reduceByKey(function);
  }

  /**
   * The same, of the window before: what has left it is taken out by {@code inverse}. Both
   * functions are called as often for a long window as for a short one. A key stays, with what is
   * left of its value, when nothing of it is in the window any more.
   */
  public PairDStream<K, V> reduceByKeyAndWindow(
      Function2<? super V, ? super V, ? extends V> function,
      Function2<? super V, ? super V, ? extends V> inverse,
      Duration window,
      Duration slide) {
    return reduceByKeyAndWindow(function, inverse, window, slide, pair -> true);
  }

  /**
   * The same with the results that {@code keep} accepts.
   *
   * @param keep may refuse pairs of which nothing is in the window, such as a sum of zero
   */
  public PairDStream<K, V> reduceByKeyAndWindow(
      Function2<? super V, ? super V, ? extends V> function,
      Function2<? super V, ? super V, ? extends V> inverse,
      Duration window,
      Duration slide,
      Predicate1<? super Pair<K, V>> keep) {
    Lengths lengths = Lengths.checked(node(), "reduceByKeyAndWindow", window, slide);
    SlidingReduce.Functions<K, V> functions =
        new SlidingReduce.Functions<>(function, inverse, keep);
    return new PairDStream<>(SlidingReduce.over(slices(function).node(), lengths, functions));
  }

  // State.

  /**
   * A state for each key, which {@code function} makes of the values of a batch and the state
   * before. It is called for every key that has any of them; without a result the state goes.
   */
  public <S> PairDStream<K, S> updateStateByKey(
      Function2<? super List<V>, ? super Optional<S>, ? extends Optional<S>> function) {
    return updateStateByKey(function, null);
  }

  /** The same, with states to start with. */
  public <S> PairDStream<K, S> updateStateByKey(
      Function2<? super List<V>, ? super Optional<S>, ? extends Optional<S>> function,
      PairRdd<K, S> initial) {
    Node<Pair<K, S>> states = KeyStates.of(node(), initial, new UpdateStates<>(function));
    // A dataset of its own, which may be persisted and unpersisted: nobody drops the states by it.
    return new PairDStream<>(
        Streams.each(states, "stateSnapshots", rdd -> PairRdd.of(rdd).filter(pair -> true)));
  }

  /** Maps each value with a state of its key, which the function reads and changes. */
  public <S, R> MappedStates<K, S, R> mapWithState(StateSpec<K, V, S, R> spec) {
    Duration timeout = spec.timeout();
    if (timeout != null && !Durations.isWhole(timeout)) {
      node().graph().problem("the timeout of mapWithState is " + timeout + ": at least 1 ms");
    }
    return MappedVersions.of(node(), spec);
  }

  // Outputs.

  /** As {@link #foreachRDD(BatchAction)}, with the operations of pairs. */
  public void foreachPairRDD(PairBatchAction<K, V> action) {
    foreachPairRDD("foreachPairRDD", action);
  }

  /** As {@link #foreachRDD(String, BatchAction)}, with the operations of pairs. */
  public void foreachPairRDD(String name, PairBatchAction<K, V> action) {
    foreachRDD(name, (rdd, timeMs) -> action.accept(PairRdd.of(rdd), timeMs));
  }

  // What stays a stream of pairs.

  @Override
  public PairDStream<K, V> filter(Predicate1<? super Pair<K, V>> condition) {
    return of(super.filter(condition));
  }

  @Override
  public PairDStream<K, V> repartition(int partitions) {
    return of(super.repartition(partitions));
  }

  @Override
  public PairDStream<K, V> union(DStream<Pair<K, V>> other) {
    return of(super.union(other));
  }

  @Override
  public PairDStream<K, V> window(Duration window) {
    return of(super.window(window));
  }

  @Override
  public PairDStream<K, V> window(Duration window, Duration slide) {
    return of(super.window(window, slide));
  }

  @Override
  public PairDStream<K, V> previous(int slides) {
    return of(super.previous(slides));
  }

  @Override
  public PairDStream<K, V> accumulate(String name, Duration retention) {
    return of(super.accumulate(name, retention));
  }

  @Override
  public PairDStream<K, V> persist(StorageLevel level) {
    super.persist(level);
    return this;
  }

  @Override
  public PairDStream<K, V> cache() {
    super.cache();
    return this;
  }

  @Override
  public PairDStream<K, V> checkpoint(Duration interval) {
    super.checkpoint(interval);
    return this;
  }

  @Override
  public PairDStream<K, V> remember(Duration duration) {
    super.remember(duration);
    return this;
  }

  @Override
  public PairDStream<K, V> name(String name) {
    super.name(name);
    return this;
  }

  /** The values of each key of a batch reduced, and held without their lineage. */
  private PairDStream<K, V> slices(Function2<? super V, ? super V, ? extends V> function) {
    return new PairDStream<>(Streams.materialized(reduceByKey(function).node(), "slices"));
  }

  private <R> PairDStream<K, R> pairs(
      String name, Function1<PairRdd<K, V>, PairRdd<K, R>> function) {
    return new PairDStream<>(Streams.each(node(), name, rdd -> function.apply(PairRdd.of(rdd))));
  }

  private <W, R> PairDStream<K, R> with(
      PairDStream<K, W> other,
      String name,
      Function2<PairRdd<K, V>, PairRdd<K, W>, PairRdd<K, R>> function) {
    return new PairDStream<>(
        Streams.both(
            node(),
            other.node(),
            name,
            (left, right) -> function.apply(PairRdd.of(left), PairRdd.of(right))));
  }
}
