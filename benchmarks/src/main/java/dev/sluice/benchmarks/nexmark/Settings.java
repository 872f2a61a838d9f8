package dev.sluice.benchmarks.nexmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@link NexmarkBenchmark} is to measure.
 *
 * @param scope who runs what
 * @param effort how often and how long
 * @param document whether the figures go into the document
 * @param profiles the folder for profiles, if there are to be any
 */
record Settings(Scope scope, Effort effort, boolean document, Optional<Path> profiles) {
  private static final Pattern YES_OR_NO = Pattern.compile("yes|no");
  private static final Pattern ANYTHING = Pattern.compile(".+");

  /** Each query on each runner in each mode, as far as a runner and a query go with a mode. */
  record Scope(List<Query> queries, List<Mode> modes, List<Runner> runners) {
    /** What {@code --queries}, {@code --modes} and, of {@code runners}, {@code --runners} say. */
    static Scope parse(Arguments given, List<Runner> runners) {
      List<Query> queries = List.of(Query.values());
      List<Mode> modes = List.of(Mode.values());
      return new Scope(
          given.some("queries", queries, Query::label, queries),
          given.some("modes", modes, Mode::label, modes),
          runners.size() == 1 ? runners : given.some("runners", runners, Runner::label, runners));
    }

    /** The queries that can run in {@code mode}. */
    List<Query> queriesIn(Mode mode) {
      return queries.stream().filter(query -> query.runsIn(mode)).toList();
    }

    /** The runners that are compared in {@code mode}. */
    List<Runner> runnersIn(Mode mode) {
      return runners.stream().filter(runner -> runner.runsIn(mode)).toList();
    }
  }

  /**
   * How often and how long.
   *
   * @param load what a round reads
   * @param rounds of a process
   * @param processes processes of a runner
   * @param child how a process runs
   */
  record Effort(Load load, Rounds rounds, int processes, ChildLimits child) {}

  /** What {@code --warm-up} and {@code --rounds} say. */
  static Rounds rounds(Arguments given) {
    return new Rounds(given.number("warm-up", 0, 12), given.number("rounds", 1, 3));
  }

  /** What {@code --events} and {@code --generators} say. */
  static Load load(Arguments given, int events) {
    return new Load(given.number("events", 10, events), given.number("generators", 1, 4), 1);
  }

  /** What {@code arguments} say, of which {@code project} must have built the runners. */
  static Settings parse(List<String> arguments, Project project) {
    Arguments given = new Arguments(arguments);
    Scope scope = Scope.parse(given, List.of(Runner.values()));
    Effort effort =
        new Effort(
            load(given, 1_000_000),
            rounds(given),
            given.number("processes", 1, 2),
            ChildLimits.parse(given, "4g", 300));
    String document =
        given.text("document", YES_OR_NO, "yes or no", arguments.isEmpty() ? "yes" : "no");
    String profiles = given.text("profile", ANYTHING, "a folder", "");
    project.problems(scope.runners()).forEach(given::add);
    given.finish();
    return new Settings(
        scope,
        effort,
        document.equals("yes"),
        profiles.isEmpty() ? Optional.empty() : Optional.of(Path.of(profiles)));
  }
}
