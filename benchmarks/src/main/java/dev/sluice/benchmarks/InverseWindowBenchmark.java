package dev.sluice.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a batch costs of a window that is made of the one before, for windows of 2 to 600 slides
 * over the same records. Arguments: records a batch (100000), keys (10000), rounds (25), batches a
 * round (40).
 */
public final class InverseWindowBenchmark {
  private static final List<Integer> SLIDES = List.of(2, 10, 60, 600);

  private InverseWindowBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws InterruptedException {
    int records = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    int keys = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 25;
    int batches = args.length > 3 ? Integer.parseInt(args[3]) : 40;
    Map<Integer, List<Double>> millis = new TreeMap<>();
    List<SlidingWindow> windows = new ArrayList<>();
    try {
      for (int slides : SLIDES) {
        SlidingWindow window = new SlidingWindow(slides, records, keys);
        windows.add(window);
        window.fill();
      }
      for (int round = 0; round < rounds; round++) {
        Collections.rotate(windows, 1);
        for (SlidingWindow window : windows) {
          millis
              .computeIfAbsent(window.slides(), s -> new ArrayList<>())
              .add(window.millisPerBatch(batches));
        }
      }
    } finally {
      windows.forEach(SlidingWindow::close);
    }
    print(millis);
  }

  private static void print(Map<Integer, List<Double>> millis) {
    double least = Double.MAX_VALUE;
    double most = 0;
    for (Map.Entry<Integer, List<Double>> window : millis.entrySet()) {
      Figures figures = new Figures(window.getValue());
      System.out.printf(
          Locale.ROOT, "a window of %d slides: %s ms a batch%n", window.getKey(), figures);
      least = Math.min(least, figures.median());
      most = Math.max(most, figures.median());
    }
    System.out.printf(
        Locale.ROOT, "the slowest takes %.2f times as long as the fastest%n", most / least);
  }
}
