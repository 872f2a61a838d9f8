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

/** Makes the nodes that read the datasets of their own batch. */
final class Streams {
  private Streams() {}

  /** A node that derives each dataset of a parent's. */
  static <T, R> Node<R> each(Node<T> parent, String name, Function1<Rdd<T>, ? extends Rdd<R>> of) {
    return each(parent, name, (rdd, timeMs) -> of.apply(rdd));
  }

  /** The same with the time of the batch. */
  static <T, R> Node<R> each(
      Node<T> parent, String name, Function2<Rdd<T>, Long, ? extends Rdd<R>> of) {
    Node<R> node = parent.graph().add(name, inBatch(List.of(parent), Storage.LINEAGE));
    node.computedBy(timeMs -> Made.of(of.apply(parent.dataset(timeMs), timeMs)));
    return node;
  }

  /** A node that combines the datasets of two, which have the same slide. */
  static <T, U, R> Node<R> both(
      Node<T> left, Node<U> right, String name, Function2<Rdd<T>, Rdd<U>, ? extends Rdd<R>> of) {
    return all(
        List.of(left, right),
        name,
        (timeMs, unused) -> of.apply(left.dataset(timeMs), right.dataset(timeMs)));
  }

  /** A node that combines the datasets of several, which have the same slide. */
  static <R> Node<R> all(
      List<? extends Node<?>> parents, String name, Function2<Long, Graph, ? extends Rdd<R>> of) {
    Graph graph = parents.get(0).graph();
    Node<R> node = graph.add(name, inBatch(parents, Storage.LINEAGE));
    for (Node<?> parent : parents) {
      if (parent.graph() != graph) {
        graph.problem(
            node + " combines streams of two contexts: define all of them in one context");
      } else if (parent.slideMs() != node.slideMs()) {
        graph.problem(
            String.format(
                "%s combines %s, which has a dataset each %d ms, and %s, which has one each %d ms:"
                    + " give them the same slide",
                node, parents.get(0), node.slideMs(), parent, parent.slideMs()));
      }
    }
    node.computedBy(timeMs -> Made.of(of.apply(timeMs, graph)));
    return node;
  }

  /** A node whose datasets are computed in their batch and have no lineage. */
  static <T> Node<T> materialized(Node<T> parent, String name) {
    Node<T> node = parent.graph().add(name, inBatch(List.of(parent), Storage.HELD));
    node.computedBy(timeMs -> Made.of(parent.dataset(timeMs).materialize()));
    return node;
  }

  /** What a node is that reads the datasets of its own batch. */
  static Shape inBatch(List<? extends Node<?>> parents, Storage storage) {
    List<Need> needs = parents.stream().map(parent -> new Need(parent, 0)).toList();
    return new Shape(parents.get(0).slideMs(), needs, storage, false);
  }

  /** All of several datasets; an empty one of none. */
  static <T> Rdd<T> union(RddContext rdds, List<? extends Rdd<T>> parts) {
    return switch (parts.size()) {
      case 0 -> rdds.parallelize(List.of(), 1);
      case 1 -> parts.get(0);
      default -> rdds.union(parts);
    };
  }

  /** One record: the records of {@code rdd} combined in order, or none if there are none. */
  static <T> Rdd<T> reduced(Rdd<T> rdd, Function2<? super T, ? super T, ? extends T> function) {
    return rdd.<Boolean, T>mapToPair(record -> Pair.of(true, record))
        .reduceByKey(function, 1)
        .values();
  }

  /** One record: how many there are. */
  static <T> Rdd<Long> counted(RddContext rdds, Rdd<T> rdd) {
    Rdd<Long> ones = rdd.map(record -> 1L);
    return reduced(rdds.union(List.of(ones, rdds.parallelize(List.of(0L), 1))), Long::sum);
  }

  /** What each record is, with one: how often it comes. */
  static <T> PairRdd<T, Long> ones(Rdd<T> rdd) {
    return rdd.mapToPair(record -> Pair.of(record, 1L));
  }
}
