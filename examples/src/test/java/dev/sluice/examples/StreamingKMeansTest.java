package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.examples.KMeans.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StreamingKMeansTest {
  private static final Path SAMPLE = Path.of("examples/data/moving-points.csv");

  private final Received received = new Received();

  @Test
  void agreesWithAComputationOnArraysBatchByBatch() throws Exception {
    List<String> lines = Files.readAllLines(SAMPLE);
    List<double[][]> expected = compute(lines, 5, 3, 0.3);
    assertEquals(12, expected.size());
    try (LineServer server = new LineServer()) {
      PipelineResult result = start(server.port());
      int sent = 0;
      for (int batch = 1; batch < 12; batch++) {
        // The first point of the next batch is what ends one.
        int end = batch * 75 + 1;
        server.send(String.join("\n", lines.subList(sent, end)) + "\n");
        sent = end;
        check(batch * 5, expected.get(batch - 1), received.next());
      }
      server.send(String.join("\n", lines.subList(sent, lines.size())));
      server.end();
      assertEquals(State.DONE, result.waitUntilFinish());
      check(60, expected.get(11), received.next());
    }
    assertEquals(List.of(), received.rest());
  }

  @Test
  void takesBatchesInTheirOrderThoughAllComeAtOnce() throws Exception {
    List<String> lines = Files.readAllLines(SAMPLE);
    try (LineServer server = new LineServer()) {
      PipelineResult result = start(server.port(), "--decay=0.9", "--batchSeconds=1");
      server.send(String.join("\n", lines));
      server.end();
      assertEquals(State.DONE, result.waitUntilFinish());
    }
    List<double[][]> expected = compute(lines, 1, 3, 0.9);
    assertEquals(60, expected.size());
    for (int i = 0; i < 60; i++) {
      check(i + 1, expected.get(i), received.next());
    }
  }

  @Test
  void followsTheClustersThatTheRepositorysPointsWereDrawnAround() throws IOException {
    StreamingKMeans.Options options = parse("--linesPerSecond=2000");
    Feeder.startUnlessGiven(options, "--points", options.getPoints());
    assertEquals(State.DONE, start(options).waitUntilFinish());
    List<String> batches = received.rest();
    assertEquals(12, batches.size());
    for (int i = 0; i < 12; i++) {
      // The middle of the batch, in minutes: where the clusters are by then.
      double t = (i * 5 + 2.5) / 60;
      double[][] drawn = {{2 + 4 * t, 3 + t}, {10, 2 + 5 * t}, {5 - t, 9 + 2 * t}};
      double[][] found = centres(batches.get(i));
      for (int c = 0; c < 3; c++) {
        double distance = Math.hypot(found[c][0] - drawn[c][0], found[c][1] - drawn[c][1]);
        assertTrue(distance < 0.6, batches.get(i) + ": " + c);
      }
    }
  }

  @Test
  void choosesTheSameFirstCentresInWhateverOrderPointsCome() {
    long seed = System.nanoTime();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      points.add(new Point(i % 7, i % 11));
    }
    Centres first = Centres.among(points, 4);
    Collections.shuffle(points, new Random(seed));
    assertEquals(first, Centres.among(points, 4), "seed " + seed);
    assertEquals(2, Centres.among(List.of(points.get(0), points.get(1)), 4).centres().size());
  }

  @Test
  void leavesACentreWithoutPointsWhereItIs() {
    Centres centres = Centres.among(List.of(new Point(0, 0), new Point(10, 0)), 2);
    Centres moved = centres.after(List.of(new Point(1, 0)), 0);
    assertEquals(List.of(new Point(1, 0), new Point(10, 0)), places(moved));
    Centres back = moved.after(List.of(new Point(9, 0)), 0);
    assertEquals(List.of(new Point(1, 0), new Point(9, 0)), places(back));
  }

  private static List<Point> places(Centres centres) {
    return centres.centres().stream().map(Centres.Centre::at).toList();
  }

  private PipelineResult start(String... args) {
    return start(parse(args));
  }

  private PipelineResult start(StreamingKMeans.Options options) {
    Pipeline pipeline = Pipeline.create(options);
    StreamingKMeans.centres(pipeline, options).apply(received);
    return pipeline.run();
  }

  private static StreamingKMeans.Options parse(String... args) {
    return Arguments.parse(args, StreamingKMeans.Options.class);
  }

  private static void check(int seconds, double[][] expected, String line) {
    assertTrue(line.startsWith(seconds + " s  "), line);
    double[][] found = centres(line);
    for (int c = 0; c < expected.length; c++) {
      assertEquals(expected[c][0], found[c][0], 1e-4, line);
      assertEquals(expected[c][1], found[c][1], 1e-4, line);
    }
  }

  /** The centres in a line: {@code 5 s (1.0000, 2.0000) (3.0000, 4.0000)}. */
  private static double[][] centres(String line) {
    String[] pairs = line.substring(line.indexOf('(') + 1, line.length() - 1).split("\\)  \\(", -1);
    double[][] centres = new double[pairs.length][];
    for (int i = 0; i < pairs.length; i++) {
      String[] xy = pairs[i].split(", ", -1);
      centres[i] = new double[] {Double.parseDouble(xy[0]), Double.parseDouble(xy[1])};
    }
    return centres;
  }

  /** The centres after each batch, point by point: x, y and weight. */
  private static List<double[][]> compute(
      List<String> lines, int batchSeconds, int clusters, double decay) {
    List<List<double[]>> batches = new ArrayList<>();
    for (String line : lines) {
      String[] fields = line.split(",", -1);
      int batch = (int) (Double.parseDouble(fields[0]) / batchSeconds);
      while (batches.size() <= batch) {
        batches.add(new ArrayList<>());
      }
      batches
          .get(batch)
          .add(new double[] {Double.parseDouble(fields[1]), Double.parseDouble(fields[2])});
    }
    List<double[]> centres = new ArrayList<>();
    List<double[][]> all = new ArrayList<>();
    for (List<double[]> batch : batches) {
      if (centres.isEmpty()) {
        centres = first(batch, clusters);
      }
      centres = move(centres, batch, decay);
      all.add(centres.toArray(double[][]::new));
    }
    return all;
  }

  private static List<double[]> first(List<double[]> points, int clusters) {
    double[] left = points.get(0);
    for (double[] point : points) {
      left = point[0] < left[0] ? point : left;
    }
    List<double[]> chosen = new ArrayList<>();
    chosen.add(new double[] {left[0], left[1], 0});
    while (chosen.size() < clusters) {
      double[] farthest = points.get(0);
      for (double[] point : points) {
        boolean farther = toNearest(point, chosen) > toNearest(farthest, chosen);
        farthest = farther ? point : farthest;
      }
      chosen.add(new double[] {farthest[0], farthest[1], 0});
    }
    return chosen;
  }

  private static List<double[]> move(List<double[]> centres, List<double[]> batch, double decay) {
    List<double[]> moved = new ArrayList<>();
    for (double[] centre : centres) {
      double weight = centre[2] * decay;
      double x = centre[0];
      double y = centre[1];
      for (double[] point : batch) {
        if (squared(point, centre) == toNearest(point, centres)) {
          weight++;
          x += (point[0] - x) / weight;
          y += (point[1] - y) / weight;
        }
      }
      moved.add(new double[] {x, y, weight});
    }
    return moved;
  }

  private static double toNearest(double[] point, List<double[]> centres) {
    return centres.stream().mapToDouble(centre -> squared(point, centre)).min().orElseThrow();
  }

  private static double squared(double[] one, double[] other) {
    return (one[0] - other[0]) * (one[0] - other[0]) + (one[1] - other[1]) * (one[1] - other[1]);
  }
}
