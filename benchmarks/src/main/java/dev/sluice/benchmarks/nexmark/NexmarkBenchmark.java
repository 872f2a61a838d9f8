package dev.sluice.benchmarks.nexmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How many events a second each runner gets through in Beam's Nexmark. Each runner has processes of
 * its own, which take turns. Arguments, all optional:
 *
 * <ul>
 *   <li>{@code --queries=0,5,SessionSideInputJoin}, {@code --modes=batch,streaming}, {@code
 *       --runners=sluice,direct,flink,spark}: what to measure, by default all
 *   <li>{@code --events=1000000} of a round, of which DirectRunner gets a tenth; {@code
 *       --generators=4}, the parts of the source
 *   <li>{@code --warm-up=12}, the seconds after which a process is warm, and {@code --rounds=3},
 *       how many are timed then, see {@link Rounds}; {@code --processes=2} of each runner
 *   <li>{@code --heap=4g} of a process and {@code --limit=300}, the seconds after which it is
 *       killed; what it has finished until then counts
 *   <li>{@code --document=yes} or {@code no}: whether the tables go into {@code docs/benchmarks.md}
 *       and the plot beside it; by default if there is no argument at all
 *   <li>{@code --profile=FOLDER} for flame graphs of Sluice and where it spends its time
 * </ul>
 */
public final class NexmarkBenchmark {
  private NexmarkBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Project project = Project.ofThisBuild();
    Settings settings = Settings.parse(List.of(args), project);
    Machine machine = Machine.measuring(project.root());
    if (settings.document()) {
      // It has to have a place for them, or hours would be lost.
      withFigures(project, "");
    }
    Measurements measured =
        new Campaign(project, settings.effort(), System.out).run(settings.scope());
    String figures =
        new Page(measured, settings, machine).markdown(project.plot().getFileName().toString());
    System.out.println();
    System.out.println(figures);
    checkResults(measured);
    if (settings.document()) {
      Files.writeString(project.document(), withFigures(project, figures));
      Files.writeString(project.plot(), Plot.of(measured, settings.scope()));
    }
    if (settings.profiles().isPresent()) {
      Path folder = Files.createDirectories(project.root().resolve(settings.profiles().get()));
      new Profiles(project, settings.effort(), folder, System.out).take(settings.scope());
    }
  }

  private static String withFigures(Project project, String figures) throws IOException {
    return Document.replace(Files.readString(project.document()), figures);
  }

  /** Figures of a runner whose results are wrong, or unknown if it is ours, are none. */
  private static void checkResults(Measurements measured) {
    List<String> problems = new ArrayList<>(Fingerprints.disagreements(measured.cases()));
    for (Measurements.Case each : Fingerprints.missing(measured.cases())) {
      if (each.runner() == Runner.SLUICE) {
        problems.add(each + ": no process has come to the round whose results are compared");
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "Results are not what they must be:\n  - " + String.join("\n  - ", problems));
    }
  }
}
