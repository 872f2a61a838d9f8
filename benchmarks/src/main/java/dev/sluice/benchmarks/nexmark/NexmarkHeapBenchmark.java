package dev.sluice.benchmarks.nexmark;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/**
 * The smallest heap in which a query comes to an end, on Sluice and on Flink. Says of each heap
 * that it tries what came of it. Arguments, all optional: {@code --events=10000000}, {@code
 * --heap=4g}, the largest that is tried, {@code --limit=900}, after which a heap counts as too
 * small, {@code --runners=sluice,flink}, and {@code --queries}, {@code --modes} and {@code
 * --generators} as of {@link NexmarkBenchmark}.
 */
public final class NexmarkHeapBenchmark {
  private static final Rounds ONE_ROUND = new Rounds(0, 1);

  private final Project project;
  private final Load load;
  private final ChildLimits limits;

  private NexmarkHeapBenchmark(Project project, Load load, ChildLimits limits) {
    this.project = project;
    this.load = load;
    this.limits = limits;
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Project project = Project.ofThisBuild();
    Arguments given = new Arguments(List.of(args));
    Settings.Scope scope = Settings.Scope.parse(given, List.of(Runner.SLUICE, Runner.FLINK));
    NexmarkHeapBenchmark benchmark =
        new NexmarkHeapBenchmark(
            project, Settings.load(given, 10_000_000), ChildLimits.parse(given, "4g", 900));
    project.problems(scope.runners()).forEach(given::add);
    given.finish();
    for (Mode mode : scope.modes()) {
      for (Query query : scope.queriesIn(mode)) {
        for (Runner runner : scope.runnersIn(mode)) {
          System.out.println(benchmark.say(new Measurements.Case(query, mode, runner)));
        }
      }
    }
  }

  private String say(Measurements.Case each) throws IOException, InterruptedException {
    OptionalInt least =
        SmallestHeap.megabytes(limits.megabytes(), megabytes -> fits(each, megabytes));
    return each
        + (least.isPresent()
            ? ": " + least.getAsInt() + " MB are enough"
            : ": -, not even " + limits.megabytes() + " MB are enough");
  }

  private boolean fits(Measurements.Case each, int megabytes)
      throws IOException, InterruptedException {
    RunArguments arguments =
        new RunArguments(
            each.query(), load, ONE_ROUND, 0, each.runner().options(each.mode(), Campaign.WORKERS));
    Outcome outcome =
        ChildJvm.of(each.runner(), project, limits.ofMegabytes(megabytes))
            .run(NexmarkRun.class, arguments.toArguments());
    System.out.printf("  %s, %d MB: %s%n", each, megabytes, outcome.failure().orElse("enough"));
    return outcome.failure().isEmpty();
  }
}
