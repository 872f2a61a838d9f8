package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Operator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * A handle to a dataset that is computed when an action needs it: a program that starts at sources
 * and consists of transformations. It holds no records, never changes, and may be used by many
 * threads.
 *
 * <p>A dataset is computed in partitions, by a task each. Records come in the order of partitions
 * and, within one, in the order in which the program emits them; that order is the same each time,
 * except that keys behind a grouping come in another order when they did not fit in memory.
 *
 * <p>Functions are called by many threads, and again when a task is tried again: they should have
 * no effects that count, and must not change their arguments. A record may be handed to several
 * consumers. What a function throws reaches the caller of an action as the cause of an {@link
 * RddException}. Functions must not run actions.
 */
public sealed class Rdd<T> permits PairRdd {
  private final Dataset dataset;

  Rdd(Dataset dataset) {
    this.dataset = dataset;
  }

  // Transformations: they return at once, and compute nothing.

  /** Applies {@code function} to each record. */
  public final <R> Rdd<R> map(Function1<? super T, ? extends R> function) {
    return new Rdd<>(pushed("map", branch -> new Operators.Map<>(function)));
  }

  /** Applies {@code function} to each record and takes the elements of the results. */
  public final <R> Rdd<R> flatMap(Function1<? super T, ? extends Iterable<? extends R>> function) {
    return new Rdd<>(pushed("flatMap", branch -> new Operators.FlatMap<T, R>(function)));
  }

  /** Applies {@code function} to each record; the results are pairs. */
  public final <K, V> PairRdd<K, V> mapToPair(Function1<? super T, Pair<K, V>> function) {
    return new PairRdd<>(pushed("mapToPair", branch -> new Operators.Map<>(function)));
  }

  /** Pairs of what {@code key} gives for each record, and the record. */
  public final <K> PairRdd<K, T> keyBy(Function1<? super T, ? extends K> key) {
    return new PairRdd<>(
        pushed(
            "keyBy", branch -> new Operators.Map<T, Pair<K, T>>(r -> new Pair<>(key.apply(r), r))));
  }

  /** The records that meet {@code condition}. */
  public Rdd<T> filter(Predicate1<? super T> condition) {
    return new Rdd<>(chosen("filter", branch -> new Operators.Filter<>(condition)));
  }

  /**
   * Records chosen by chance, the same ones each time.
   *
   * @param withReplacement whether a record may come more than once
   * @param fraction the expected number of times that a record comes; at most 1 without replacement
   */
  public Rdd<T> sample(boolean withReplacement, double fraction, long seed) {
    Sample.check(withReplacement, fraction);
    return new Rdd<>(
        chosen("sample", branch -> new Sample(withReplacement, fraction, seed, branch.tasks())));
  }

  /** Each record once. Two records are the same if their encoded bytes are, as for keys. */
  public Rdd<T> distinct() {
    return new Rdd<>(Keyed.distinct(dataset, context().defaultPartitions()));
  }

  /** The partitions of this Rdd, and after them those of {@code other}, of the same context. */
  public Rdd<T> union(Rdd<T> other) {
    return context().union(List.of(this, other));
  }

  /** Applies {@code function} to each partition; it reads at its own pace. */
  public final <R> Rdd<R> mapPartitions(
      Function1<? super Iterator<T>, ? extends Iterator<? extends R>> function) {
    return new Rdd<>(
        pulled(
            "mapPartitions", List.of(dataset), (p, sides) -> function.apply(sides.<T>read(0, p))));
  }

  /** Each partition as one list, in memory. */
  public final Rdd<List<T>> glom() {
    PartitionFunction<List<T>> toList =
        (p, sides) -> {
          List<T> records = new ArrayList<>();
          sides.<T>read(0, p).forEachRemaining(records::add);
          return List.of(records).iterator();
        };
    return new Rdd<>(pulled("glom", List.of(dataset), toList));
  }

  /**
   * Applies {@code function} to the partitions of this Rdd and of {@code other} that have the same
   * number. Actions throw an {@link IllegalArgumentException} if one has more than the other.
   */
  public final <U, R> Rdd<R> zipPartitions(
      Rdd<U> other,
      Function2<? super Iterator<T>, ? super Iterator<U>, ? extends Iterator<? extends R>>
          function) {
    return new Rdd<>(
        pulled(
            "zipPartitions",
            List.of(dataset, context().own(other)),
            (p, sides) -> function.apply(sides.<T>read(0, p), sides.<U>read(1, p))));
  }

  /** The same records, spread evenly over {@code partitions} partitions, at least 1. */
  public Rdd<T> repartition(int partitions) {
    return new Rdd<>(Keyed.repartition(dataset, partitions));
  }

  /** Merges neighbouring partitions, such that there are at most {@code partitions}, at least 1. */
  public Rdd<T> coalesce(int partitions) {
    Numbers.atLeast(1, partitions, "partitions");
    return new Rdd<>(derived("coalesce", new CoalesceStep(dataset, partitions)));
  }

  // What is kept of it.

  /** Keeps partitions as objects in memory once they were computed. */
  public Rdd<T> persist() {
    return persist(StorageLevel.MEMORY);
  }

  /**
   * Keeps partitions once they were computed. What cannot be kept, or is lost, is computed again.
   * Records that are kept are handed out again and again: nobody may change them.
   *
   * @throws IllegalStateException if it is persisted at another level
   */
  public Rdd<T> persist(StorageLevel level) {
    context().checkOpen();
    dataset.persist(level);
    return this;
  }

  /** Drops what is kept; jobs that read it go on. */
  public Rdd<T> unpersist() {
    context().checkOpen();
    dataset.unpersist();
    return this;
  }

  /**
   * Writes all partitions to the context's durable store before the next action that needs this
   * Rdd, and reads them from there afterwards instead of computing them. Blocks of {@link #persist}
   * come first.
   *
   * @throws IllegalStateException if the context has no store
   */
  public Rdd<T> checkpoint() {
    context().checkOpen();
    context().checkpointFiles();
    dataset.requestCheckpoint();
    return this;
  }

  /**
   * Computes all partitions now, by a job, and keeps them in memory or in temporary files until
   * they are released. What comes back has no lineage: it does not hold on to this Rdd.
   */
  public final Held<T> materialize() {
    return new Held<>(MaterializedStep.of(dataset));
  }

  /** Whether the checkpoint is written. */
  public final boolean isCheckpointed() {
    return dataset.isCheckpointed();
  }

  /** A number of its own within the context. */
  public final int id() {
    return dataset.id();
  }

  /** How many partitions it has; a source may be asked for its splits. */
  public final int partitions() {
    context().checkOpen();
    return dataset.partitions();
  }

  /** The stages that an action would run now, as text. Runs no job. */
  public final String explain() {
    return Actions.collecting().stages(dataset, JobPlan.Purpose.EXPLAIN).explain();
  }

  // Actions: they run a job and wait for it. A failed task is tried again as the options say; if
  // that does not help they throw an RddException.

  /** All records, in order. */
  public final List<T> collect() {
    return Actions.collect(dataset);
  }

  /** How many records there are. */
  public final long count() {
    return Actions.aggregate(dataset, "count", () -> 0L, (n, r) -> n + 1, Long::sum);
  }

  /**
   * Combines all records with an associative function, in order.
   *
   * @throws NoSuchElementException if there are none
   */
  public final T reduce(Function2<? super T, ? super T, ? extends T> function) {
    return Actions.reduce(dataset, function);
  }

  /**
   * Combines all records with an associative function, in order. Each partition, and the
   * combination of their results, starts with a copy of {@code zero}, made by the context's codec:
   * it should change nothing when it is combined.
   */
  public final T fold(T zero, Function2<? super T, ? super T, ? extends T> function) {
    Codecs codecs = context().codecs();
    return Actions.aggregate(
        dataset, "fold", () -> codecs.copy(zero), function::apply, function::apply);
  }

  /**
   * Adds all records to accumulators, one a partition, and merges these in order. Both functions
   * may change and return their first argument.
   *
   * @param zero makes a new accumulator
   */
  public final <A> A aggregate(
      Function0<? extends A> zero,
      Function2<A, ? super T, ? extends A> add,
      Function2<A, ? super A, ? extends A> merge) {
    return Actions.aggregate(dataset, "aggregate", zero, add, merge);
  }

  /** Calls {@code consumer} for each record, in tasks. */
  public final void foreach(Consumer1<? super T> consumer) {
    new Evaluation<>("foreach", branch -> new Reports.ForEach<>(consumer), false).run(dataset);
  }

  /** Calls {@code consumer} for each partition, in tasks. */
  public final void foreachPartition(Consumer1<? super Iterator<T>> consumer) {
    PartitionFunction<T> consume =
        (p, sides) -> {
          consumer.accept(sides.<T>read(0, p));
          return List.<T>of().iterator();
        };
    Actions.collect(pulled("foreachPartition", List.of(dataset), consume));
  }

  /**
   * The first {@code limit} records, or all if there are fewer. Evaluates one partition at first
   * and more if that is not enough, or all at once if they come from an exchange.
   */
  public final List<T> take(int limit) {
    Numbers.atLeast(0, limit, "limit");
    return Take.first(dataset, limit);
  }

  /** The first record; a {@link NoSuchElementException} if there is none. */
  public final T first() {
    List<T> first = take(1);
    if (first.isEmpty()) {
      throw new NoSuchElementException(this + " has no records");
    }
    return first.get(0);
  }

  /** Whether there are no records. */
  public final boolean isEmpty() {
    return take(1).isEmpty();
  }

  /**
   * Writes each record's {@code toString} as a line of UTF-8 to {@code folder/part-00000} and so
   * on, a file a partition, and at last an empty file {@code _SUCCESS}. If it fails there is
   * nothing.
   *
   * @throws RddException also if the folder exists already
   */
  public final void saveAsText(Path folder) {
    Actions.saveAsText(dataset, folder);
  }

  @Override
  public final String toString() {
    return dataset.label().toString();
  }

  final Dataset dataset() {
    return dataset;
  }

  final RddContext context() {
    return dataset.context();
  }

  final Dataset derived(String operation, Step step) {
    return new Dataset(context(), context().label(operation), step);
  }

  final Dataset pushed(String operation, Function<Branch, Operator<?>> operator) {
    return derived(operation, new PushStep(dataset, operator, true, false));
  }

  /** As {@link #pushed}, of records that stay as they are. */
  final Dataset chosen(String operation, Function<Branch, Operator<?>> operator) {
    return derived(operation, new PushStep(dataset, operator, true, true));
  }

  private Dataset pulled(String operation, List<Dataset> parents, PartitionFunction<?> function) {
    return derived(operation, new PullStep(parents, function));
  }
}
