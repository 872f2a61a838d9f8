package dev.sluice.examples;

import dev.sluice.examples.KMeans.Point;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Centres of clusters that follow their points, batch by batch. */
record Centres(List<Centre> centres) implements Serializable {
  Centres {
    centres = List.copyOf(centres);
  }

  /** A centre, and how many points it stands for; old ones count less. */
  record Centre(Point at, double weight) implements Serializable {}

  /**
   * At most {@code count} different points far from each other, without weight: the one farthest to
   * the left, then always the farthest. The order of the points does not matter.
   */
  static Centres among(List<Point> points, int count) {
    List<Point> sorted =
        points.stream()
            .distinct()
            .sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y))
            .toList();
    List<Centre> chosen = new ArrayList<>();
    chosen.add(new Centre(sorted.get(0), 0));
    while (chosen.size() < Math.min(count, sorted.size())) {
      Point farthest =
          Collections.max(
              sorted,
              Comparator.comparingDouble(
                  point -> point.distance(chosen.get(nearest(point, chosen)).at())));
      chosen.add(new Centre(farthest, 0));
    }
    return new Centres(chosen);
  }

  /**
   * These after a batch. Each centre moves to the mean of its new points and of what it stood for,
   * which counts {@code decay} times as much as before: 1 forgets nothing, 0 everything.
   */
  Centres after(List<Point> batch, double decay) {
    double[] x = new double[centres.size()];
    double[] y = new double[centres.size()];
    long[] points = new long[centres.size()];
    for (Point point : batch) {
      int nearest = nearest(point, centres);
      x[nearest] += point.x();
      y[nearest] += point.y();
      points[nearest]++;
    }
    List<Centre> moved = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      Centre old = centres.get(i);
      double kept = old.weight() * decay;
      double weight = kept + points[i];
      Point mean =
          new Point((old.at().x() * kept + x[i]) / weight, (old.at().y() * kept + y[i]) / weight);
      moved.add(new Centre(points[i] == 0 ? old.at() : mean, weight));
    }
    return new Centres(moved);
  }

  private static int nearest(Point point, List<Centre> centres) {
    int nearest = 0;
    for (int i = 1; i < centres.size(); i++) {
      if (point.distance(centres.get(i).at()) < point.distance(centres.get(nearest).at())) {
        nearest = i;
      }
    }
    return nearest;
  }
}
