package dev.sluice.examples;

import dev.sluice.engine.rdd.EngineOptions;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.RddContext;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Finds the centres of clusters of points, by Lloyd's algorithm: each point belongs to the nearest
 * centre, each centre moves to the mean of its points, until none moves.
 */
public final class KMeans {
  private static final int MAX_ROUNDS = 200;
  private static final double MOVED = 1e-9;
  private static final int SAMPLED_PER_CLUSTER = 20;

  private KMeans() {}

  /** A place in the plane. */
  record Point(double x, double y) implements Serializable {

    double distance(Point other) {
      return Math.hypot(x - other.x, y - other.y);
    }
  }

  /** Points added up, and how many they are. */
  record Total(double x, double y, long points) {

    static Total of(Point point) {
      return new Total(point.x, point.y, 1);
    }

    Total plus(Total other) {
      return new Total(x + other.x, y + other.y, points + other.points);
    }

    Point mean() {
      return new Point(x / points, y / points);
    }
  }

  /**
   * Prints the centres.
   *
   * @param args a file with a point a line, {@code x,y}, by default {@code
   *     examples/data/points.csv}; the number of clusters, by default 4; the seed that chooses the
   *     first centres, by default 1
   */
  public static void main(String[] args) {
    Path file = Path.of(args.length > 0 ? args[0] : "examples/data/points.csv");
    int clusters = args.length > 1 ? Integer.parseInt(args[1]) : 4;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
    // Kryo writes what is kept or grouped if the memory is short, objects of named classes only.
    EngineOptions options = new EngineOptions().register(Point.class, Total.class);
    try (RddContext context = new RddContext(options)) {
      Rdd<Point> points = context.textFile(file).map(KMeans::parse).persist();
      for (Point centre : centres(points, firstCentres(points, clusters, seed))) {
        System.out.printf(Locale.ROOT, "%.4f,%.4f%n", centre.x, centre.y);
      }
    }
  }

  static Point parse(String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != 2) {
      throw new IllegalArgumentException(
          "a line has " + fields.length + " fields instead of x,y: correct the file");
    }
    return new Point(Double.parseDouble(fields[0]), Double.parseDouble(fields[1]));
  }

  /** Points far from each other: {@code seed} chooses a sample and the first, then the farthest. */
  static List<Point> firstCentres(Rdd<Point> points, int clusters, long seed) {
    double fraction = Math.min(1, (double) SAMPLED_PER_CLUSTER * clusters / points.count());
    List<Point> sample =
        points.sample(false, fraction, seed).collect().stream().distinct().toList();
    if (sample.size() < clusters) {
      throw new IllegalArgumentException(
          String.format(
              "%d points are too few for %d clusters: ask for fewer", sample.size(), clusters));
    }
    List<Point> centres = new ArrayList<>();
    centres.add(sample.get(new Random(seed).nextInt(sample.size())));
    while (centres.size() < clusters) {
      centres.add(
          Collections.max(
              sample,
              Comparator.comparingDouble(
                  point -> point.distance(centres.get(nearest(point, centres))))));
    }
    return List.copyOf(centres);
  }

  /** Moves {@code first} until they are the means of the points nearest to them. */
  static List<Point> centres(Rdd<Point> points, List<Point> first) {
    List<Point> centres = first;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      List<Point> moved = move(points, centres);
      if (distance(centres, moved) < MOVED) {
        return moved;
      }
      centres = moved;
    }
    throw new IllegalStateException(
        "the centres still move after " + MAX_ROUNDS + " rounds: choose others by another seed");
  }

  private static List<Point> move(Rdd<Point> points, List<Point> centres) {
    Map<Integer, Total> totals =
        points
            .mapToPair(point -> Pair.of(nearest(point, centres), Total.of(point)))
            .reduceByKey(Total::plus)
            .collectAsMap();
    List<Point> moved = new ArrayList<>(centres);
    totals.forEach((centre, total) -> moved.set(centre, total.mean()));
    return moved;
  }

  private static int nearest(Point point, List<Point> centres) {
    int nearest = 0;
    for (int i = 1; i < centres.size(); i++) {
      if (point.distance(centres.get(i)) < point.distance(centres.get(nearest))) {
        nearest = i;
      }
    }
    return nearest;
  }

  private static double distance(List<Point> some, List<Point> others) {
    return IntStream.range(0, some.size())
        .mapToDouble(i -> some.get(i).distance(others.get(i)))
        .max()
        .orElse(0);
  }
}
