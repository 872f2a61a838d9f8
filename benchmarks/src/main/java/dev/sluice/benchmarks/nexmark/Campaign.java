package dev.sluice.benchmarks.nexmark;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Runs the processes of a benchmark, one after the other, and says of each what it gave. */
final class Campaign {
  /** Of how many cores each runner has the use. */
  static final int WORKERS = 2;

  private final Project project;
  private final Settings.Effort effort;
  private final PrintStream progress;

  Campaign(Project project, Settings.Effort effort, PrintStream progress) {
    this.project = project;
    this.effort = effort;
    this.progress = progress;
  }

  /** Measures {@code scope} and the limits. */
  Measurements run(Settings.Scope scope) throws IOException, InterruptedException {
    Measurements measured = new Measurements();
    for (Mode mode : scope.modes()) {
      measureLimits(measured);
      for (Query query : scope.queriesIn(mode)) {
        // What the machine does meanwhile is to hit all runners alike.
        for (int process = 0; process < effort.processes(); process++) {
          for (Runner runner : scope.runnersIn(mode)) {
            Measurements.Case each = new Measurements.Case(query, mode, runner);
            Outcome outcome = measure(each);
            measured.add(each, outcome);
            say(each.toString(), outcome);
          }
        }
      }
    }
    return measured;
  }

  private void measureLimits(Measurements measured) throws IOException, InterruptedException {
    for (Limit limit : Limit.values()) {
      for (int process = 0; process < effort.processes(); process++) {
        Outcome outcome = measure(limit);
        measured.add(limit, outcome);
        say(limit.label(), outcome);
      }
    }
  }

  /** Runs one process of {@code measured}. */
  Outcome measure(Measurements.Case measured) throws IOException, InterruptedException {
    Load load = effort.load();
    Runner runner = measured.runner();
    RunArguments arguments =
        new RunArguments(
            measured.query(),
            load.ofEvents(runner.shareOf(load.events())),
            effort.rounds(),
            // The same events for all, or their results could not be compared.
            Runner.DIRECT.shareOf(load.events()),
            runner.options(measured.mode(), WORKERS));
    return ChildJvm.of(runner, project, effort.child())
        .run(NexmarkRun.class, arguments.toArguments());
  }

  private Outcome measure(Limit limit) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(limit.name(), "" + WORKERS));
    arguments.add("" + effort.rounds().warmUpSeconds());
    arguments.add("" + effort.rounds().warm());
    arguments.addAll(effort.load().toArguments());
    return ChildJvm.of(Runner.SLUICE, project, effort.child()).run(LimitRun.class, arguments);
  }

  private void say(String what, Outcome outcome) {
    Samples samples = new Samples(List.of(outcome));
    progress.printf(
        Locale.ROOT,
        "%s: %s warm, %s cold%s%n",
        what,
        rate(samples.warm()),
        rate(samples.cold()),
        outcome.failure().map(failure -> "; " + failure).orElse(""));
  }

  private static String rate(OptionalDouble rate) {
    return rate.isPresent() ? String.format(Locale.ROOT, "%,.0f k/s", rate.getAsDouble()) : "-";
  }
}
