package dev.sluice.benchmarks.nexmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes profiles of Sluice, a process for each query and mode. */
final class Profiles {
  private static final int SHOWN = 3;

  private final Project project;
  private final Settings.Effort effort;
  private final Path folder;
  private final PrintStream progress;

  Profiles(Project project, Settings.Effort effort, Path folder, PrintStream progress) {
    this.project = project;
    this.effort = effort;
    this.folder = folder;
    this.progress = progress;
  }

  /** Writes a flame graph for each query and mode, and prints its largest costs. */
  void take(Settings.Scope scope) throws IOException, InterruptedException {
    for (Mode mode : scope.modes()) {
      for (Query query : scope.queriesIn(mode)) {
        take(query, mode);
      }
    }
  }

  private void take(Query query, Mode mode) throws IOException, InterruptedException {
    String name = query.label() + "-" + mode.label();
    Path stacks = Files.createTempFile("sluice-nexmark", ".stacks");
    try {
      RunArguments run =
          new RunArguments(
              query,
              effort.load(),
              effort.rounds(),
              0,
              Runner.SLUICE.options(mode, Campaign.WORKERS));
      List<String> arguments = new ArrayList<>();
      arguments.add(folder.resolve(name + ".html").toString());
      arguments.add(stacks.toString());
      arguments.addAll(run.toArguments());
      Outcome outcome =
          ChildJvm.of(Runner.SLUICE, project, effort.child()).run(ProfiledRun.class, arguments);
      progress.println("profile of " + name + ": " + say(outcome, stacks));
    } finally {
      Files.deleteIfExists(stacks);
    }
  }

  private static String say(Outcome outcome, Path stacks) throws IOException {
    if (outcome.failure().isPresent()) {
      return outcome.failure().get();
    }
    List<Costs.Cost> largest = Costs.of(Files.readAllLines(stacks));
    return String.join(
        ", ",
        largest.stream()
            .limit(SHOWN)
            .map(cost -> String.format(Locale.ROOT, "%s %.0f %%", cost.what(), 100 * cost.share()))
            .toList());
  }
}
