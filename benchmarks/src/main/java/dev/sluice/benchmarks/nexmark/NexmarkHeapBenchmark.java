package dev.sluice.benchmarks.nexmark;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/**
 * The smallest heap in which a query comes to an end on Sluice, and whether Flink gets through with
 * twice as much and with as much: to look for the smallest heap of a slower runner would take
 * hours. Says of each heap that it tries what came of it. Arguments, all optional: {@code
 * --events=10000000}, {@code --heap=4g}, the largest that is tried for Sluice, {@code --limit=900},
 * after which a heap counts as too small, {@code --peers=flink}, whom to compare with, and {@code
 * --queries}, {@code --modes} and {@code --generators} as of {@link NexmarkBenchmark}.
 */
public final class NexmarkHeapBenchmark {
  private static final Rounds ONE_ROUND = new Rounds(0, 1);

  /** By default a JVM allows as many bytes of buffers as it has of heap, and Flink needs 64 MB. */
  private static final String ROOM_FOR_BUFFERS = "-XX:MaxDirectMemorySize=1g";

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
    Settings.Scope scope = Settings.Scope.parse(given, List.of(Runner.SLUICE));
    List<Runner> all = List.of(Runner.DIRECT, Runner.FLINK, Runner.SPARK);
    List<Runner> peers = given.some("peers", all, Runner::label, List.of(Runner.FLINK));
    NexmarkHeapBenchmark benchmark =
        new NexmarkHeapBenchmark(
            project, Settings.load(given, 10_000_000), ChildLimits.parse(given, "4g", 900));
    project.problems(peers).forEach(given::add);
    given.finish();
    for (Mode mode : scope.modes()) {
      for (Query query : scope.queriesIn(mode)) {
        benchmark.measure(query, mode, peers.stream().filter(peer -> peer.runsIn(mode)).toList());
      }
    }
  }

  private void measure(Query query, Mode mode, List<Runner> peers)
      throws IOException, InterruptedException {
    Measurements.Case ours = new Measurements.Case(query, mode, Runner.SLUICE);
    OptionalInt least =
        SmallestHeap.megabytes(limits.megabytes(), megabytes -> fits(ours, megabytes));
    if (least.isEmpty()) {
      System.out.println(ours + ": -, not even " + limits.megabytes() + " MB are enough");
      return;
    }
    System.out.println(ours + ": " + least.getAsInt() + " MB are enough");
    for (Runner peer : peers) {
      Measurements.Case theirs = new Measurements.Case(query, mode, peer);
      System.out.println(theirs + ": " + compared(theirs, least.getAsInt()));
    }
  }

  private String compared(Measurements.Case theirs, int megabytes)
      throws IOException, InterruptedException {
    if (!fits(theirs, 2 * megabytes)) {
      return "not even twice as much is enough";
    }
    return fits(theirs, megabytes)
        ? "as much is enough"
        : "twice as much is enough, as much is not";
  }

  private boolean fits(Measurements.Case each, int megabytes)
      throws IOException, InterruptedException {
    RunArguments arguments =
        new RunArguments(
            each.query(), load, ONE_ROUND, 0, each.runner().options(each.mode(), Campaign.WORKERS));
    Outcome outcome =
        ChildJvm.of(each.runner(), project, limits.ofMegabytes(megabytes))
            .with(ROOM_FOR_BUFFERS)
            .run(NexmarkRun.class, arguments.toArguments());
    System.out.printf("  %s, %d MB: %s%n", each, megabytes, outcome.failure().orElse("enough"));
    return outcome.failure().isEmpty();
  }
}
