package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * WordCount in a heap of 1 GB: Sluice on a text and on one of twenty times the size, and Beam's
 * DirectRunner on the same text. DirectRunner may not get through it; so the two are compared on a
 * small text too.
 *
 * <p>Arguments: the size of the text in MB (100), that of the small one (2), how often each is
 * measured (3; DirectRunner on the larger text once), the seconds that a run may take (300).
 */
public final class WordCountBenchmark {
  private static final int LARGER = 20;

  private final Duration limit;
  private final int times;

  private WordCountBenchmark(Duration limit, int times) {
    this.limit = limit;
    this.times = times;
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int megabytes = argument(args, 0, 100);
    int small = argument(args, 1, 2);
    new WordCountBenchmark(Duration.ofSeconds(argument(args, 3, 300)), argument(args, 2, 3))
        .compare(megabytes, small);
  }

  private static int argument(String[] args, int index, int otherwise) {
    return args.length > index ? Integer.parseInt(args[index]) : otherwise;
  }

  private void compare(int megabytes, int smallMegabytes) throws IOException, InterruptedException {
    try (ScratchFolder folder = new ScratchFolder("sluice-wordcount")) {
      compare(folder.path(), megabytes, smallMegabytes);
    }
  }

  private void compare(Path folder, int megabytes, int smallMegabytes)
      throws IOException, InterruptedException {
    Path text = Text.generate(folder.resolve("text.txt"), megabytes);
    Path small = Text.generate(folder.resolve("small.txt"), smallMegabytes);
    Path large = Text.generate(folder.resolve("large.txt"), megabytes * LARGER);
    List<Double> onText = new ArrayList<>();
    List<Double> onSmall = new ArrayList<>();
    List<Double> onLarge = new ArrayList<>();
    List<Double> directOnSmall = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      onText.add(rate("SluiceRunner", text));
      onLarge.add(rate("SluiceRunner", large));
      onSmall.add(rate("SluiceRunner", small));
      directOnSmall.add(rate("DirectRunner", small));
    }
    System.out.printf(Locale.ROOT, "WordCount, -Xmx1g, lines per second (median of %d)%n", times);
    print("Sluice", megabytes, median(onText));
    print("Sluice", megabytes * LARGER, median(onLarge));
    print("Sluice", smallMegabytes, median(onSmall));
    print("DirectRunner", smallMegabytes, median(directOnSmall));
    System.out.printf(
        Locale.ROOT,
        "  ratio %d MB to %d MB %.2f, ratio to DirectRunner on %d MB %.1f%n",
        megabytes * LARGER,
        megabytes,
        median(onLarge) / median(onText),
        smallMegabytes,
        median(onSmall) / median(directOnSmall));
    System.out.printf(
        "  DirectRunner, %d MB: %s%n",
        megabytes, Child.attempt("1g", limit, WordCountRun.class, "DirectRunner", text.toString()));
  }

  private static void print(String runner, int megabytes, double rate) {
    System.out.printf(Locale.ROOT, "  %s, %d MB: %,.0f%n", runner, megabytes, rate);
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
