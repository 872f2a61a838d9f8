package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.rdd.EngineOptions;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.RddContext;
import dev.sluice.examples.KMeans.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KMeansTest {
  private static final Path FILE = Path.of("examples/data/points.csv");

  private final RddContext context =
      new RddContext(new EngineOptions().workers(3).register(Point.class, KMeans.Total.class));

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void findsTheCentresThatTheRepositorysPointsWereDrawnAround() {
    Rdd<Point> points = context.textFile(FILE).map(KMeans::parse).persist();
    for (long seed = 1; seed <= 3; seed++) {
      findsTheCentres(points, seed);
    }
  }

  private static void findsTheCentres(Rdd<Point> points, long seed) {
    List<Point> found =
        KMeans.centres(points, KMeans.firstCentres(points, 4, seed)).stream()
            .sorted(Comparator.comparing(Point::x))
            .toList();
    List<Point> drawn =
        List.of(new Point(2, 3), new Point(5, 8.2), new Point(8.5, 2.5), new Point(11, 9.5));
    for (int i = 0; i < 4; i++) {
      assertTrue(found.get(i).distance(drawn.get(i)) < 0.3, "seed " + seed + ": " + found);
    }
  }

  @Test
  void agreesWithAComputationOnArrays() throws IOException {
    for (long seed = 1; seed <= 3; seed++) {
      Rdd<Point> points = context.textFile(FILE).map(KMeans::parse).persist();
      List<Point> first = KMeans.firstCentres(points, 3, seed);
      List<Point> found = KMeans.centres(points, first);
      double[][] expected = lloyd(Files.readAllLines(FILE), first);
      for (int i = 0; i < 3; i++) {
        assertEquals(expected[i][0], found.get(i).x(), 1e-6, "seed " + seed);
        assertEquals(expected[i][1], found.get(i).y(), 1e-6, "seed " + seed);
      }
    }
  }

  @Test
  void choosesTheSamePointsForTheSameSeedHoweverManyWorkersThereAre() {
    Rdd<Point> points = context.textFile(FILE).map(KMeans::parse);
    List<Point> first = KMeans.firstCentres(points, 5, 7);
    assertEquals(5, new HashSet<>(first).size());
    assertTrue(points.collect().containsAll(first));
    try (RddContext alone = new RddContext(new EngineOptions().workers(1))) {
      assertEquals(first, KMeans.firstCentres(alone.textFile(FILE).map(KMeans::parse), 5, 7));
    }
  }

  @Test
  void leavesACentreWithoutPointsWhereItIs() {
    Rdd<Point> points = context.parallelize(List.of(new Point(0, 0), new Point(2, 0)), 2);
    Point far = new Point(100, 100);
    assertEquals(
        List.of(new Point(1, 0), far), KMeans.centres(points, List.of(new Point(0, 0), far)));
  }

  @Test
  void asksForFewerClustersThanPoints() {
    Rdd<Point> points = context.parallelize(List.of(new Point(0, 0), new Point(0, 0)));
    assertEquals(
        "1 points are too few for 2 clusters: ask for fewer",
        assertThrows(IllegalArgumentException.class, () -> KMeans.firstCentres(points, 2, 1))
            .getMessage());
  }

  /** The same algorithm, point by point. */
  private static double[][] lloyd(List<String> lines, List<Point> first) {
    double[][] centres =
        first.stream().map(p -> new double[] {p.x(), p.y()}).toArray(double[][]::new);
    for (int round = 0; round < 500; round++) {
      double[][] sums = new double[centres.length][3];
      for (String line : lines) {
        double x = Double.parseDouble(line.substring(0, line.indexOf(',')));
        double y = Double.parseDouble(line.substring(line.indexOf(',') + 1));
        double[] sum = sums[nearest(centres, x, y)];
        sum[0] += x;
        sum[1] += y;
        sum[2]++;
      }
      for (int i = 0; i < centres.length; i++) {
        centres[i] = new double[] {sums[i][0] / sums[i][2], sums[i][1] / sums[i][2]};
      }
    }
    return centres;
  }

  private static int nearest(double[][] centres, double x, double y) {
    int nearest = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < centres.length; i++) {
      double dx = x - centres[i][0];
      double dy = y - centres[i][1];
      if (dx * dx + dy * dy < least) {
        nearest = i;
        least = dx * dx + dy * dy;
      }
    }
    return nearest;
  }
}
