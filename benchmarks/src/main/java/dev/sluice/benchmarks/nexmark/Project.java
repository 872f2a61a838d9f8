package dev.sluice.benchmarks.nexmark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * The repository's folder, in which the build leaves the class paths of the peers.
 *
 * @param root the folder
 */
record Project(Path root) {
  /** The one that the build runs in. */
  static Project ofThisBuild() {
    return new Project(Path.of(System.getProperty("sluice.root", ".")));
  }

  Path document() {
    return root.resolve("docs").resolve("benchmarks.md");
  }

  Path plot() {
    return root.resolve("docs").resolve("nexmark.svg");
  }

  /**
   * The class path of {@code runner}'s children: that of this JVM, or a peer's with our own
   * classes.
   */
  String classPath(Runner runner) {
    String own = System.getProperty("java.class.path");
    return switch (runner) {
      case SLUICE, DIRECT -> own;
      case FLINK, SPARK -> {
        try {
          yield classes() + File.pathSeparator + Files.readString(file(runner)).strip();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /** Says which of {@code runners} have no class path. */
  List<String> problems(Collection<Runner> runners) {
    return runners.stream()
        .filter(runner -> runner == Runner.FLINK || runner == Runner.SPARK)
        .filter(runner -> !Files.exists(file(runner)))
        .map(
            runner ->
                "there is no class path of "
                    + runner.title()
                    + " in "
                    + file(runner)
                    + ": build with -Pnexmark, or leave it out of --runners")
        .toList();
  }

  private Path file(Runner runner) {
    return root.resolve("benchmarks/peers")
        .resolve(runner.label())
        .resolve("target/class-path.txt");
  }

  /** The folder, or the jar, that this class comes from. */
  private static Path classes() {
    return Path.of(
        URI.create(Project.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
