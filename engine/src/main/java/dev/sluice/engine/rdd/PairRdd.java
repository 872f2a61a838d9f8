package dev.sluice.engine.rdd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An {@link Rdd} of pairs, with what can be done by key.
 *
 * <p>Two keys are the same if their encodings by the context's key codec are; for Kryo, the
 * default, keys that are equal must also be written alike, which objects of one class are, unless
 * they hold hash sets or hash maps. Values of a key keep the order in which the partitions before
 * have them.
 *
 * <p>Where no number of partitions is given there are {@link RddContext#defaultPartitions}; a given
 * one is at least 1.
 */
public final class PairRdd<K, V> extends Rdd<Pair<K, V>> {

  PairRdd(Dataset dataset) {
    super(dataset);
  }

  /** The same dataset with the operations of pairs. */
  public static <K, V> PairRdd<K, V> of(Rdd<Pair<K, V>> rdd) {
    return new PairRdd<>(rdd.dataset());
  }

  /** Each key with all its values. */
  public PairRdd<K, Iterable<V>> groupByKey() {
    return groupByKey(defaultPartitions());
  }

  /**
   * Each key with all its values, which can be iterated many times. The values of a key that is
   * larger than memory are read from disk, and only while the pair is being processed; they are
   * copied into a list if the pair is collected, persisted or sent on, alone or in a {@link Pair}.
   */
  public PairRdd<K, Iterable<V>> groupByKey(int partitions) {
    return new PairRdd<>(Keyed.grouped(dataset(), partitions));
  }

  /** Combines the values of each key with an associative function. */
  public PairRdd<K, V> reduceByKey(Function2<? super V, ? super V, ? extends V> function) {
    return reduceByKey(function, defaultPartitions());
  }

  /** Combines the values of each key with an associative function. */
  public PairRdd<K, V> reduceByKey(
      Function2<? super V, ? super V, ? extends V> function, int partitions) {
    Combining<V, V> combining = new Combining<>(v -> v, function, function);
    return new PairRdd<>(Keyed.combined(dataset(), "reduceByKey", combining, partitions));
  }

  /** As {@link #combineByKey(Function1, Function2, Function2, int)}. */
  public <C> PairRdd<K, C> combineByKey(
      Function1<? super V, ? extends C> create,
      Function2<? super C, ? super V, ? extends C> add,
      Function2<? super C, ? super C, ? extends C> merge) {
    return combineByKey(create, add, merge, defaultPartitions());
  }

  /**
   * Combines the values of each key in accumulators: within each task first, in a hash map that is
   * sent when it has many keys, then over all tasks.
   *
   * @param create makes an accumulator of a value
   * @param add adds a value; may change and return its first argument
   * @param merge adds an accumulator; may change and return its first argument, which is a copy
   *     made by the context's codec
   */
  public <C> PairRdd<K, C> combineByKey(
      Function1<? super V, ? extends C> create,
      Function2<? super C, ? super V, ? extends C> add,
      Function2<? super C, ? super C, ? extends C> merge,
      int partitions) {
    Combining<V, C> combining = new Combining<>(create, add, merge);
    return new PairRdd<>(Keyed.combined(dataset(), "combineByKey", combining, partitions));
  }

  /** Applies {@code function} to each value. */
  public <R> PairRdd<K, R> mapValues(Function1<? super V, ? extends R> function) {
    return new PairRdd<>(chosen("mapValues", branch -> new Operators.MapValues<K, V, R>(function)));
  }

  /** Pairs of each key with each element of what {@code function} gives for its value. */
  public <R> PairRdd<K, R> flatMapValues(
      Function1<? super V, ? extends Iterable<? extends R>> function) {
    return new PairRdd<>(
        chosen("flatMapValues", branch -> new Operators.FlatMapValues<K, V, R>(function)));
  }

  /** The key of each pair. */
  public Rdd<K> keys() {
    return new Rdd<>(pushed("keys", branch -> new Operators.Map<Pair<K, V>, K>(Pair::key)));
  }

  /** The value of each pair. */
  public Rdd<V> values() {
    return new Rdd<>(pushed("values", branch -> new Operators.Map<Pair<K, V>, V>(Pair::value)));
  }

  /** Each key of either side with its values here and there; as for {@link #groupByKey(int)}. */
  public <W> PairRdd<K, Pair<Iterable<V>, Iterable<W>>> cogroup(PairRdd<K, W> other) {
    return cogroup(other, defaultPartitions());
  }

  /** Each key of either side with its values here and there; as for {@link #groupByKey(int)}. */
  public <W> PairRdd<K, Pair<Iterable<V>, Iterable<W>>> cogroup(
      PairRdd<K, W> other, int partitions) {
    return new PairRdd<>(Keyed.cogrouped(dataset(), context().own(other), partitions));
  }

  /** Each value with each value of the same key in {@code other}. */
  public <W> PairRdd<K, Pair<V, W>> join(PairRdd<K, W> other) {
    return join(other, defaultPartitions());
  }

  /** Each value with each value of the same key in {@code other}. */
  public <W> PairRdd<K, Pair<V, W>> join(PairRdd<K, W> other, int partitions) {
    return joined(Join.Kind.INNER, other, partitions);
  }

  /** As {@link #join}, and values without a partner with none. Values must not be null. */
  public <W> PairRdd<K, Pair<V, Optional<W>>> leftOuterJoin(PairRdd<K, W> other) {
    return joined(Join.Kind.LEFT_OUTER, other, defaultPartitions());
  }

  /** As {@link #join}, and values of {@code other} without a partner. Values must not be null. */
  public <W> PairRdd<K, Pair<Optional<V>, W>> rightOuterJoin(PairRdd<K, W> other) {
    return joined(Join.Kind.RIGHT_OUTER, other, defaultPartitions());
  }

  /** As {@link #join}, and values of both sides without a partner. Values must not be null. */
  public <W> PairRdd<K, Pair<Optional<V>, Optional<W>>> fullOuterJoin(PairRdd<K, W> other) {
    return joined(Join.Kind.FULL_OUTER, other, defaultPartitions());
  }

  /** Sends each pair to the partition that {@code partitioner} names for its key. */
  public PairRdd<K, V> partitionBy(Partitioner<? super K> partitioner) {
    return new PairRdd<>(Keyed.partitionBy(dataset(), partitioner));
  }

  /** Sorts by keys that are {@link Comparable}. */
  public PairRdd<K, V> sortByKey() {
    return sortByKey(Ordering.natural());
  }

  /** Sorts by key. */
  public PairRdd<K, V> sortByKey(Ordering<? super K> ordering) {
    return sortByKey(ordering, defaultPartitions());
  }

  /**
   * Sorts by key, over all partitions. Pairs of equal keys keep their order. The ranges of keys are
   * chosen from a sample, which the first action takes by a job of its own.
   */
  public PairRdd<K, V> sortByKey(Ordering<? super K> ordering, int partitions) {
    return new PairRdd<>(Keyed.sortByKey(dataset(), ordering, partitions));
  }

  // Actions.

  /**
   * A partitioner that cuts the keys into at most {@code partitions} ranges of about equal size,
   * chosen from a sample of them. Runs a job.
   */
  public Partitioner<K> rangePartitioner(Ordering<? super K> ordering, int partitions) {
    Numbers.atLeast(1, partitions, "partitions");
    return Partitioner.range(
        RangeBounds.sample(dataset(), ordering, partitions, "rangePartitioner"), ordering);
  }

  /** The values of {@code key}. After {@link #partitionBy} it evaluates one partition only. */
  public List<V> lookup(K key) {
    return Lookup.values(this, key);
  }

  /** How many pairs each key has. */
  public Map<K, Long> countByKey() {
    return mapValues(value -> 1L).reduceByKey(Long::sum).collectAsMap();
  }

  /** All pairs as a map that keeps their order; of several with the same key the last counts. */
  public Map<K, V> collectAsMap() {
    Map<K, V> map = new LinkedHashMap<>();
    collect().forEach(pair -> map.put(pair.key(), pair.value()));
    return map;
  }

  /**
   * Computes now, by a job, what {@code carrying} makes of the groups of each partition and of what
   * was left there before, and keeps what is emitted until it is released, as {@link #materialize}
   * does. A key is in the same partition each time, of as many.
   *
   * @param before what was left in each partition the last time; there are as many partitions
   */
  public <R, A> Carried<R, A> carry(List<A> before, Carrying<K, V, R, A> carrying) {
    return Carry.run(dataset(), before, carrying);
  }

  // What stays an Rdd of pairs.

  @Override
  public PairRdd<K, V> filter(Predicate1<? super Pair<K, V>> condition) {
    return of(super.filter(condition));
  }

  @Override
  public PairRdd<K, V> sample(boolean withReplacement, double fraction, long seed) {
    return of(super.sample(withReplacement, fraction, seed));
  }

  @Override
  public PairRdd<K, V> distinct() {
    return of(super.distinct());
  }

  @Override
  public PairRdd<K, V> union(Rdd<Pair<K, V>> other) {
    return of(super.union(other));
  }

  @Override
  public PairRdd<K, V> repartition(int partitions) {
    return of(super.repartition(partitions));
  }

  @Override
  public PairRdd<K, V> coalesce(int partitions) {
    return of(super.coalesce(partitions));
  }

  @Override
  public PairRdd<K, V> persist() {
    super.persist();
    return this;
  }

  @Override
  public PairRdd<K, V> persist(StorageLevel level) {
    super.persist(level);
    return this;
  }

  @Override
  public PairRdd<K, V> unpersist() {
    super.unpersist();
    return this;
  }

  @Override
  public PairRdd<K, V> checkpoint() {
    super.checkpoint();
    return this;
  }

  private <W, R> PairRdd<K, R> joined(Join.Kind kind, PairRdd<K, W> other, int partitions) {
    return new PairRdd<>(Keyed.joined(dataset(), context().own(other), kind, partitions));
  }

  private int defaultPartitions() {
    return context().defaultPartitions();
  }
}
