package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Function1;
import dev.sluice.engine.rdd.Function2;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.PairRdd;
import dev.sluice.engine.rdd.Predicate1;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.RddContext;
import dev.sluice.engine.stream.Computation.Made;
import dev.sluice.engine.stream.Node.Need;
import dev.sluice.engine.stream.Node.Shape;
import dev.sluice.engine.stream.Node.Storage;
import dev.sluice.engine.stream.Windows.Lengths;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows of values reduced by key, each made of the one before: what has entered since is added,
 * what has left is taken out. So the work of a batch depends on the slide and not on the window.
 *
 * <p>The batches of the window are held as reduced values. Where the window before is missing, at
 * first and after a stop, the window is made of its batches.
 */
final class SlidingReduce<K, V> implements Computation<Pair<K, V>> {
  private static final int WINDOW = 0;
  private static final int ENTERING = 1;
  private static final int LEAVING = 2;

  private final Node<Pair<K, V>> node;
  private final Node<Pair<K, V>> slices;
  private final Lengths lengths;
  private final Functions<K, V> functions;

  /**
   * What is done with values.
   *
   * @param reduce adds a value
   * @param inverse takes a value out again
   * @param keep which results stay
   */
  record Functions<K, V>(
      Function2<? super V, ? super V, ? extends V> reduce,
      Function2<? super V, ? super V, ? extends V> inverse,
      Predicate1<? super Pair<K, V>> keep)
      implements Serializable {}

  private SlidingReduce(
      Node<Pair<K, V>> node, Node<Pair<K, V>> slices, Lengths lengths, Functions<K, V> functions) {
    this.node = node;
    this.slices = slices;
    this.lengths = lengths;
    this.functions = functions;
  }

  /** The node of the windows over {@code slices}, whose datasets have each key at most once. */
  static <K, V> Node<Pair<K, V>> over(
      Node<Pair<K, V>> slices, Lengths lengths, Functions<K, V> functions) {
    long backMs = lengths.windowMs() + lengths.slideMs() - slices.slideMs();
    Shape shape =
        new Shape(lengths.slideMs(), List.of(new Need(slices, backMs)), Storage.HELD, true);
    Node<Pair<K, V>> node = slices.graph().add("slidingReduce", shape);
    node.computedBy(new SlidingReduce<>(node, slices, lengths, functions));
    return node;
  }

  @Override
  public Made<Pair<K, V>> make(long timeMs) {
    slices.dataset(timeMs);
    RddContext rdds = node.graph().rdds();
    long windowMs = lengths.windowMs();
    long beforeMs = timeMs - lengths.slideMs();
    Rdd<Pair<K, V>> before = node.existing(beforeMs);
    List<Rdd<Pair<K, Pair<Integer, V>>>> parts = new ArrayList<>();
    if (before == null) {
      slices.between(timeMs - windowMs, timeMs).forEach(rdd -> parts.add(tagged(rdd, ENTERING)));
    } else {
      parts.add(tagged(before, WINDOW));
      slices
          .between(Math.max(beforeMs, timeMs - windowMs), timeMs)
          .forEach(rdd -> parts.add(tagged(rdd, ENTERING)));
      slices
          .between(beforeMs - windowMs, Math.min(beforeMs, timeMs - windowMs))
          .forEach(rdd -> parts.add(tagged(rdd, LEAVING)));
    }
    Functions<K, V> own = functions;
    Function1<Pair<K, Iterable<Pair<Integer, V>>>, List<Pair<K, V>>> slide =
        group -> slid(group.key(), group.value(), own);
    return Made.of(
        PairRdd.of(Streams.union(rdds, parts))
            .groupByKey()
            .<Pair<K, V>>flatMap(slide)
            .materialize());
  }

  private static <K, V> Rdd<Pair<K, Pair<Integer, V>>> tagged(Rdd<Pair<K, V>> rdd, int tag) {
    return PairRdd.of(rdd).mapValues(value -> Pair.of(tag, value));
  }

  /** Values of a key come in the order of the parts: the window, what enters, what leaves. */
  private static <K, V> List<Pair<K, V>> slid(
      K key, Iterable<Pair<Integer, V>> values, Functions<K, V> functions) throws Exception {
    boolean any = false;
    V window = null;
    for (Pair<Integer, V> each : values) {
      if (each.key() == LEAVING) {
        // Without a window its key was filtered out, and what it had there does not count any more.
        window = any ? functions.inverse().apply(window, each.value()) : null;
      } else {
        window = any ? functions.reduce().apply(window, each.value()) : each.value();
        any = true;
      }
    }
    Pair<K, V> result = Pair.of(key, window);
    return any && functions.keep().test(result) ? List.of(result) : List.of();
  }
}
