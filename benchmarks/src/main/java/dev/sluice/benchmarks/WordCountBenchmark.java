package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * WordCount in a heap of 1 GB: Sluice against Beam's DirectRunner on one text, and Sluice on a text
 * of twenty times the size.
 *
 * <p>Arguments: the size of the small text in MB (100), how often each is measured (3).
 */
public final class WordCountBenchmark {
  private static final int LARGER = 20;

  private WordCountBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int megabytes = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    int times = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Path folder = Files.createTempDirectory("sluice-wordcount");
    Path small = Text.generate(folder.resolve("small.txt"), megabytes);
    Path large = Text.generate(folder.resolve("large.txt"), megabytes * LARGER);
    List<Double> sluice = new ArrayList<>();
    List<Double> direct = new ArrayList<>();
    List<Double> sluiceLarge = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      sluice.add(rate("SluiceRunner", small));
      direct.add(rate("DirectRunner", small));
      sluiceLarge.add(rate("SluiceRunner", large));
    }
    double ofSluice = median(sluice);
    System.out.printf(
        Locale.ROOT,
        "WordCount, -Xmx1g, lines per second (median of %d)%n"
            + "  Sluice on %d MB:       %,.0f%n"
            + "  DirectRunner on %d MB: %,.0f   ratio %.1f%n"
            + "  Sluice on %d MB:      %,.0f   ratio to %d MB %.2f%n",
        times,
        megabytes,
        ofSluice,
        megabytes,
        median(direct),
        ofSluice / median(direct),
        megabytes * LARGER,
        median(sluiceLarge),
        megabytes,
        median(sluiceLarge) / ofSluice);
    Text.delete(folder);
  }

  private static double rate(String runner, Path text) throws IOException, InterruptedException {
    return Child.run("1g", WordCountRun.class, runner, text.toString());
  }

  private static double median(List<Double> rates) {
    List<Double> sorted = new ArrayList<>(rates);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
