package dev.sluice.benchmarks.nexmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.openjdk.jmh.util.ListStatistics;

/**
 * How much longer Sluice takes for ten times the events, for ten times the keys, and on one core
 * rather than two. Processes of both kinds take turns; each pair of them gives a ratio of the
 * medians of their warm rounds. Arguments, all optional: {@code --measures=growth,keys,cores},
 * {@code --pairs=4}, and {@code --queries}, {@code --modes}, {@code --events}, {@code
 * --generators}, {@code --warm-up}, {@code --rounds}, {@code --heap} and {@code --limit} as of
 * {@link NexmarkBenchmark}.
 */
public final class NexmarkScalingBenchmark {
  /** With fewer there is no interval. */
  private static final int LEAST_PAIRS = 3;

  private static final double CONFIDENCE = 0.95;

  private final Project project;
  private final Load load;
  private final Rounds rounds;
  private final ChildLimits limits;

  private NexmarkScalingBenchmark(Project project, Load load, Rounds rounds, ChildLimits limits) {
    this.project = project;
    this.load = load;
    this.rounds = rounds;
    this.limits = limits;
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Arguments given = new Arguments(List.of(args));
    List<Contrast> contrasts =
        given.some(
            "measures", List.of(Contrast.values()), Contrast::label, List.of(Contrast.values()));
    Settings.Scope scope = Settings.Scope.parse(given, List.of(Runner.SLUICE));
    int pairs = given.number("pairs", LEAST_PAIRS, 4);
    NexmarkScalingBenchmark benchmark =
        new NexmarkScalingBenchmark(
            Project.ofThisBuild(),
            Settings.load(given, 1_000_000),
            Settings.rounds(given),
            ChildLimits.parse(given, "4g", 300));
    given.finish();
    for (Mode mode : scope.modes()) {
      for (Query query : scope.queriesIn(mode)) {
        for (Contrast contrast : contrasts) {
          System.out.println(benchmark.compare(contrast, query, mode, pairs));
        }
      }
    }
  }

  private String compare(Contrast contrast, Query query, Mode mode, int pairs)
      throws IOException, InterruptedException {
    String what = "query " + query.label() + ", " + mode.label() + ": " + contrast.claim() + " ";
    // Of logarithms, since half as long is as far from the same as twice as long.
    ListStatistics ratios = new ListStatistics();
    for (int pair = 0; pair < pairs; pair++) {
      List<Double> seconds = new ArrayList<>();
      for (Contrast.Trial trial : List.of(contrast.easy(load), contrast.hard(load))) {
        Outcome outcome = run(trial, query, mode);
        OptionalDouble median =
            Samples.median(outcome.warm().stream().map(Report.Timed::seconds).toList());
        if (median.isEmpty()) {
          return what + "-, since a process did not get warm: " + outcome.failure().orElse("?");
        }
        seconds.add(median.getAsDouble());
      }
      ratios.addValue(Math.log(seconds.get(1) / seconds.get(0)));
    }
    double[] interval = ratios.getConfidenceIntervalAt(CONFIDENCE);
    return String.format(
        Locale.ROOT,
        "%s%.2f times as long (95 %%: %.2f to %.2f, %d pairs)",
        what,
        Math.exp(ratios.getMean()),
        Math.exp(interval[0]),
        Math.exp(interval[1]),
        pairs);
  }

  private Outcome run(Contrast.Trial trial, Query query, Mode mode)
      throws IOException, InterruptedException {
    RunArguments arguments =
        new RunArguments(
            query, trial.load(), rounds, 0, Runner.SLUICE.options(mode, trial.workers()));
    return ChildJvm.of(Runner.SLUICE, project, limits)
        .startedBy(trial.prefix())
        .run(NexmarkRun.class, arguments.toArguments());
  }
}
