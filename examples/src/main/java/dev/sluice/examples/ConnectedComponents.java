package dev.sluice.examples;

import dev.sluice.engine.rdd.EngineOptions;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.PairRdd;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.RddContext;
import dev.sluice.engine.storage.LocalStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds which towns can be reached from each other by road.
 *
 * <p>Every town starts with its own name as its label. In each round it takes the smallest of its
 * own label and its neighbours', until no label changes: then the towns of a component share the
 * name of its first town.
 */
public final class ConnectedComponents {
  /** Labels depend on those of the round before: a checkpoint keeps that history short. */
  private static final int ROUNDS_TO_CHECKPOINT = 5;

  private ConnectedComponents() {}

  /**
   * Prints the components.
   *
   * @param args a file with two towns a line, separated by a comma, by default {@code
   *     examples/data/roads.csv}; a folder for checkpoints, by default {@code
   *     examples/target/components/checkpoints}
   */
  public static void main(String[] args) {
    Path roads = Path.of(args.length > 0 ? args[0] : "examples/data/roads.csv");
    Path checkpoints =
        Path.of(args.length > 1 ? args[1] : "examples/target/components/checkpoints");
    EngineOptions options = new EngineOptions().checkpointStore(new LocalStore(checkpoints));
    try (RddContext context = new RddContext(options)) {
      components(parse(context.textFile(roads)))
          .forEach((first, towns) -> System.out.println(first + ": " + String.join(" ", towns)));
    }
  }

  static PairRdd<String, String> parse(Rdd<String> lines) {
    return lines.mapToPair(
        line -> {
          String[] towns = line.split(",", -1);
          if (towns.length != 2) {
            throw new IllegalArgumentException(
                "a line has " + towns.length + " fields instead of two towns: correct the file");
          }
          return Pair.of(towns[0], towns[1]);
        });
  }

  /** The towns of each component, under the name of the first. */
  static Map<String, SortedSet<String>> components(PairRdd<String, String> roads) {
    return labels(roads)
        .mapToPair(label -> Pair.of(label.value(), label.key()))
        .combineByKey(
            ConnectedComponents::setOf,
            ConnectedComponents::with,
            (towns, others) -> {
              towns.addAll(others);
              return towns;
            })
        .sortByKey()
        .collectAsMap();
  }

  /** The label of each town. */
  private static PairRdd<String, String> labels(PairRdd<String, String> roads) {
    PairRdd<String, String> neighbours =
        roads.union(roads.mapToPair(road -> Pair.of(road.value(), road.key()))).persist();
    PairRdd<String, String> labels =
        neighbours.keys().distinct().mapToPair(town -> Pair.of(town, town)).persist();
    for (int round = 1; ; round++) {
      PairRdd<String, String> next = spread(labels, neighbours).persist();
      if (round % ROUNDS_TO_CHECKPOINT == 0) {
        next.checkpoint();
      }
      boolean settled =
          labels
              .join(next)
              .values()
              .filter(beforeAndAfter -> !beforeAndAfter.key().equals(beforeAndAfter.value()))
              .isEmpty();
      labels.unpersist();
      labels = next;
      if (settled) {
        return labels;
      }
    }
  }

  private static PairRdd<String, String> spread(
      PairRdd<String, String> labels, PairRdd<String, String> neighbours) {
    Rdd<Pair<String, String>> received = neighbours.join(labels).values();
    return labels
        .union(received)
        .reduceByKey((one, other) -> one.compareTo(other) <= 0 ? one : other);
  }

  private static SortedSet<String> setOf(String town) {
    return with(new TreeSet<>(), town);
  }

  private static SortedSet<String> with(SortedSet<String> towns, String town) {
    towns.add(town);
    return towns;
  }
}
