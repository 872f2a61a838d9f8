package dev.sluice.engine.rdd;

import dev.sluice.engine.rdd.GroupStep.Part;
import dev.sluice.engine.rdd.GroupStep.Side;
import java.util.List;

/** The transformations that send records through an exchange. */
final class Keyed {
  private Keyed() {}

  static Dataset repartition(Dataset dataset, int partitions) {
    Numbers.atLeast(1, partitions, "partitions");
    RouteStep.Spread spread = new RouteStep.Spread(new RoundRobin(), partitions, true, null);
    return derived(dataset, "repartition", new RouteStep(dataset, spread));
  }

  static <K> Dataset partitionBy(Dataset pairs, Partitioner<? super K> partitioner) {
    ByPartitioner<K> router = new ByPartitioner<>(partitioner, pairs.context().codecs());
    RouteStep.Spread spread = new RouteStep.Spread(router, partitioner.partitions(), false, router);
    return derived(pairs, "partitionBy", new RouteStep(pairs, spread));
  }

  static <K> Dataset sortByKey(Dataset pairs, Ordering<? super K> ordering, int partitions) {
    Numbers.atLeast(1, partitions, "partitions");
    return derived(pairs, "sortByKey", new SortStep<K>(pairs, ordering, partitions));
  }

  static Dataset distinct(Dataset dataset, int partitions) {
    Part toPairs =
        new Part("pairs", new Operators.Map<>(record -> new Pair<>(record, null)), false);
    Part toRecords = new Part("records", new Operators.Map<Pair<?, ?>, Object>(Pair::key), false);
    Combining<Object, Object> combining = new Combining<>(v -> v, (c, v) -> c, (a, b) -> a);
    Codecs codecs = dataset.context().codecs();
    Side side = new Side(dataset, List.of(toPairs, before(combining, codecs)));
    return derived(
        dataset,
        "distinct",
        new GroupStep(List.of(side), partitions, List.of(after(combining, codecs), toRecords)));
  }

  static Dataset combined(
      Dataset pairs, String operation, Combining<?, ?> combining, int partitions) {
    Numbers.atLeast(1, partitions, "partitions");
    Codecs codecs = pairs.context().codecs();
    Side side = new Side(pairs, List.of(before(combining, codecs)));
    return derived(
        pairs,
        operation,
        new GroupStep(List.of(side), partitions, List.of(after(combining, codecs))));
  }

  static Dataset grouped(Dataset pairs, int partitions) {
    Numbers.atLeast(1, partitions, "partitions");
    Part toPairs = new Part("pairs", new Grouping.ToPair<>(), true);
    return derived(
        pairs,
        "groupByKey",
        new GroupStep(List.of(new Side(pairs, List.of())), partitions, List.of(toPairs)));
  }

  static Dataset carried(Dataset pairs, Carry<?, ?, ?, ?> carry, int partitions) {
    Numbers.atLeast(1, partitions, "partitions");
    Part visit = new Part("visit", carry, false);
    return derived(
        pairs,
        "carry",
        new GroupStep(List.of(new Side(pairs, List.of())), partitions, List.of(visit)));
  }

  static Dataset cogrouped(Dataset left, Dataset right, int partitions) {
    return derived(left, "cogroup", cogroup(left, right, partitions, List.of()));
  }

  static Dataset joined(Dataset left, Dataset right, Join.Kind kind, int partitions) {
    Part join = new Part("pairs", new Join<>(kind), false);
    return derived(left, kind.operation(), cogroup(left, right, partitions, List.of(join)));
  }

  private static Step cogroup(Dataset left, Dataset right, int partitions, List<Part> then) {
    Numbers.atLeast(1, partitions, "partitions");
    Part toSides = new Part("sides", new Grouping.ToSides<>(), true);
    List<Part> after = then.isEmpty() ? List.of(toSides) : List.of(toSides, then.get(0));
    return new GroupStep(List.of(tagged(left, 0), tagged(right, 1)), partitions, after);
  }

  private static Side tagged(Dataset dataset, int side) {
    String name = side == 0 ? "left" : "right";
    return new Side(dataset, List.of(new Part(name, new Grouping.Tag<>(side), false)));
  }

  private static Part before(Combining<?, ?> combining, Codecs codecs) {
    return new Part("combine", new Combining.Before<>(combining, codecs), false);
  }

  private static Part after(Combining<?, ?> combining, Codecs codecs) {
    return new Part("merge", new Combining.After<>(combining, codecs), false);
  }

  private static Dataset derived(Dataset from, String operation, Step step) {
    return new Dataset(from.context(), from.context().label(operation), step);
  }
}
