package dev.sluice.benchmarks.nexmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 *       and the plot beside it; by default if nothing was left out
 *   <li>{@code --profile=FOLDER} for flame graphs of Sluice and where it spends its time
 * </ul>
 */
public final class NexmarkBenchmark {
  private NexmarkBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Project project = Project.ofThisBuild();
    Settings settings = Settings.parse(List.of(args), project);
    Measurements measured =
        new Campaign(project, settings.effort(), System.out).run(settings.scope());
    Page page = new Page(measured, settings, Machine.measuring(project.root()));
    System.out.println();
    System.out.println(page.markdown(project.plot().getFileName().toString()));
    if (settings.document()) {
      write(project, page, Plot.of(measured, settings.scope()));
    }
    if (settings.profiles().isPresent()) {
      Path folder = Files.createDirectories(project.root().resolve(settings.profiles().get()));
      new Profiles(project, settings.effort(), folder, System.out).take(settings.scope());
    }
    List<String> disagreements = Fingerprints.disagreements(measured.cases());
    if (!disagreements.isEmpty()) {
      throw new IllegalStateException(
          "Runners gave different results:\n  - " + String.join("\n  - ", disagreements));
    }
  }

  private static void write(Project project, Page page, String plot) throws IOException {
    String figures = page.markdown(project.plot().getFileName().toString());
    String document = Files.readString(project.document());
    Files.writeString(project.document(), Document.replace(document, figures));
    Files.writeString(project.plot(), plot);
  }
}
