package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Function1;
import dev.sluice.engine.rdd.Function2;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.Predicate1;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.StorageLevel;
import dev.sluice.engine.storage.StoreLocation;
import dev.sluice.engine.stream.Windows.Lengths;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A handle to a stream: a dataset for each batch, or for each of its slide. It is defined before
 * its context is started; what is wrong with it is reported then, all at once.
 *
 * <p>What functions may do is said at {@link Rdd}. Functions on whole datasets run on the job
 * thread, once a batch, and may run actions.
 */
public sealed class DStream<T> permits PairDStream {
  private final Node<T> node;

  DStream(Node<T> node) {
    this.node = node;
  }

  // Transformations within a batch.

  /** Applies {@code function} to each record. */
  public final <R> DStream<R> map(Function1<? super T, ? extends R> function) {
    return each("map", rdd -> rdd.map(function));
  }

  /** Applies {@code function} to each record and takes the elements of the results. */
  public final <R> DStream<R> flatMap(
      Function1<? super T, ? extends Iterable<? extends R>> function) {
    return each("flatMap", rdd -> rdd.flatMap(function));
  }

  /** Applies {@code function} to each record; the results are pairs. */
  public final <K, V> PairDStream<K, V> mapToPair(Function1<? super T, Pair<K, V>> function) {
    return new PairDStream<>(Streams.each(node, "mapToPair", rdd -> rdd.mapToPair(function)));
  }

  /** Pairs of what {@code key} gives for each record, and the record. */
  public final <K> PairDStream<K, T> keyBy(Function1<? super T, ? extends K> key) {
    return new PairDStream<>(Streams.each(node, "keyBy", rdd -> rdd.<K>keyBy(key)));
  }

  /** The records that meet {@code condition}. */
  public DStream<T> filter(Predicate1<? super T> condition) {
    return each("filter", rdd -> rdd.filter(condition));
  }

  /** Each partition as one list, in memory. */
  public final DStream<List<T>> glom() {
    return each("glom", Rdd::glom);
  }

  /** The same records, spread evenly over {@code partitions} partitions, at least 1. */
  public DStream<T> repartition(int partitions) {
    return each("repartition", rdd -> rdd.repartition(partitions));
  }

  /** Applies {@code function} to each partition. */
  public final <R> DStream<R> mapPartitions(
      Function1<? super Iterator<T>, ? extends Iterator<? extends R>> function) {
    return each("mapPartitions", rdd -> rdd.mapPartitions(function));
  }

  /** One record: all of a batch combined by an associative function, in order; none of none. */
  public final DStream<T> reduce(Function2<? super T, ? super T, ? extends T> function) {
    return each("reduce", rdd -> Streams.reduced(rdd, function));
  }

  /** One record: how many there are in a batch. */
  public final DStream<Long> count() {
    return each("count", rdd -> Streams.counted(node.graph().rdds(), rdd));
  }

  /** Each record of a batch with how often it comes. */
  public final PairDStream<T, Long> countByValue() {
    return PairDStream.of(each("ones", Streams::ones)).reduceByKey(Long::sum);
  }

  /** The records of both, which have the same slide. */
  public DStream<T> union(DStream<T> other) {
    List<Node<T>> nodes = List.of(node, other.node());
    return new DStream<>(Unions.of(nodes));
  }

  /** What {@code function} makes of each dataset. */
  public final <R> DStream<R> transform(Function1<Rdd<T>, ? extends Rdd<R>> function) {
    return each("transform", function);
  }

  /** What {@code function} makes of each dataset and the time of its batch, in milliseconds. */
  public final <R> DStream<R> transform(Function2<Rdd<T>, Long, ? extends Rdd<R>> function) {
    return new DStream<>(Streams.each(node, "transform", function));
  }

  /** What {@code function} makes of each dataset and that of {@code other}, of the same slide. */
  public final <U, R> DStream<R> transformWith(
      DStream<U> other, Function2<Rdd<T>, Rdd<U>, ? extends Rdd<R>> function) {
    return new DStream<>(Streams.both(node, other.node(), "transformWith", function));
  }

  // Over several batches. Lengths are multiples of the slide of this stream.

  /** The records of the last {@code window}, each time that this stream has a dataset. */
  public DStream<T> window(Duration window) {
    return window(window, slide());
  }

  /** The records of the last {@code window}, each {@code slide}. Persists this stream. */
  public DStream<T> window(Duration window, Duration slide) {
    return new DStream<>(
        Windows.window(node, "window", Lengths.checked(node, "window", window, slide)));
  }

  /** One record: those of a window combined by an associative function; none of none. */
  public final DStream<T> reduceByWindow(
      Function2<? super T, ? super T, ? extends T> function, Duration window, Duration slide) {
    DStream<T> slices = new DStream<>(Streams.materialized(reduce(function).node(), "slices"));
    return slices.window(window, slide).reduce(function);
  }

  /**
   * The same, of the window before: what has left it is taken out by {@code inverse}. Both
   * functions are called as often for a long window as for a short one.
   */
  public final DStream<T> reduceByWindow(
      Function2<? super T, ? super T, ? extends T> function,
      Function2<? super T, ? super T, ? extends T> inverse,
      Duration window,
      Duration slide) {
    return keyBy(record -> true)
        .reduceByKeyAndWindow(function, inverse, window, slide)
        .map(Pair::value);
  }

  /** One record: how many records a window has. */
  public final DStream<Long> countByWindow(Duration window, Duration slide) {
    return count().reduceByWindow(Long::sum, (all, left) -> all - left, window, slide);
  }

  /** Each record of a window with how often it comes. */
  public final PairDStream<T, Long> countByValueAndWindow(Duration window, Duration slide) {
    return PairDStream.of(each("ones", Streams::ones))
        .reduceByKeyAndWindow(
            Long::sum, (all, left) -> all - left, window, slide, pair -> pair.value() != 0);
  }

  /** The dataset of {@code slides} slides before, at least 1; an empty one if there is none. */
  public DStream<T> previous(int slides) {
    return new DStream<>(Windows.previous(node, slides));
  }

  /**
   * All records of the last {@code retention}, up to and with the batch. Those of each batch are
   * held when it runs, without their lineage, so that the inputs are not kept for them.
   */
  public DStream<T> accumulate(String name, Duration retention) {
    return new DStream<>(accumulated(name, retention));
  }

  final Node<T> accumulated(String name, Duration retention) {
    Lengths lengths = Lengths.checked(node, name, retention, slide());
    Node<T> accumulated = Windows.window(Streams.materialized(node, "held"), "window", lengths);
    accumulated.name(name);
    return accumulated;
  }

  // What is kept.

  /** Keeps the records of each dataset that is computed, as long as the dataset is needed. */
  public DStream<T> persist(StorageLevel level) {
    node.persist(level);
    return this;
  }

  /** Keeps the records of each dataset that is computed, in memory. */
  public DStream<T> cache() {
    return persist(StorageLevel.MEMORY);
  }

  /**
   * Has its datasets computed in their batch and written with each checkpoint, so that a later
   * process needs nothing that they were made of. States are checkpointed without this.
   *
   * @param interval after which a checkpoint is due at the latest: a multiple of the slide
   */
  public DStream<T> checkpoint(Duration interval) {
    node.hold();
    if (Lengths.check(node, "checkpoint", "interval", interval)) {
      node.graph().checkpointEach(interval.toMillis());
    }
    return this;
  }

  /** Keeps its datasets for {@code duration} at least. */
  public DStream<T> remember(Duration duration) {
    node.graph().remember(node, duration.toMillis());
    return this;
  }

  /** What messages call it; by default its operation and its position. */
  public DStream<T> name(String name) {
    node.name(name);
    return this;
  }

  /**
   * The datasets of the batches from {@code fromMs} to {@code toMs}, both included, oldest first.
   * May be called at any time; batches that have not run are left out.
   *
   * @throws IllegalStateException if one of them has been forgotten, or no output depends on this
   */
  public final List<Rdd<T>> slice(long fromMs, long toMs) {
    Slices.check(node, fromMs);
    return new ArrayList<>(node.between(fromMs - 1, toMs));
  }

  // Outputs: they run for each batch, in the order of their definition.

  /** Calls {@code action} with each dataset. */
  public final void foreachRDD(BatchAction<T> action) {
    foreachRDD("foreachRDD", action);
  }

  /** Calls {@code action} with each dataset; events and failures call it {@code name}. */
  public final void foreachRDD(String name, BatchAction<T> action) {
    node.graph().output(node, name, Output.sink(action));
  }

  /** Hands each dataset to {@code sink}, so that its output counts exactly once. */
  public final void saveTo(String name, TransactionalSink<T> sink) {
    node.graph().output(node, name, sink);
  }

  /**
   * Writes each dataset as text files that appear whole, when their batch is durable, and exactly
   * once: {@code batch-time-part-number} with {@code suffix}, for each partition that has records.
   *
   * @param folder a path, or a URI such as {@code hdfs://name/folder}, that nobody else writes to
   * @throws IllegalArgumentException if there can be no such folder
   */
  public final void commitTextFiles(String folder, String suffix) {
    try {
      saveTo("commitTextFiles", new TextFileSink<>(StoreLocation.open(folder), suffix));
    } catch (IOException e) {
      throw new IllegalArgumentException("no text files can be in " + folder, e);
    }
  }

  /** Prints the first ten records of each batch to the standard output. */
  public final void print() {
    print(10);
  }

  /** Prints the first {@code limit} records of each batch to the standard output. */
  public final void print(int limit) {
    foreachRDD("print", (rdd, timeMs) -> System.out.print(Slices.text(rdd, timeMs, limit)));
  }

  /** Writes each dataset to a folder {@code prefix-time.suffix}, as {@link Rdd#saveAsText}. */
  public final void saveAsTextFiles(String prefix, String suffix) {
    String end = suffix.isEmpty() ? "" : "." + suffix;
    foreachRDD(
        "saveAsTextFiles", (rdd, timeMs) -> rdd.saveAsText(Path.of(prefix + "-" + timeMs + end)));
  }

  @Override
  public final String toString() {
    return node.name();
  }

  final Node<T> node() {
    return node;
  }

  final Duration slide() {
    return Duration.ofMillis(node.slideMs());
  }

  final <R> DStream<R> each(String name, Function1<Rdd<T>, ? extends Rdd<R>> function) {
    return new DStream<>(Streams.each(node, name, function));
  }
}
