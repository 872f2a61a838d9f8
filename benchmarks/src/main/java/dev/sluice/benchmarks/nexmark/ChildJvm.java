package dev.sluice.benchmarks.nexmark;

import dev.sluice.benchmarks.ScratchFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A JVM to measure in. One runs at a time.
 *
 * @param prefix what stands before the command, as {@code taskset}
 * @param limits what it may take
 * @param options of the JVM
 * @param classPath of the JVM
 */
record ChildJvm(List<String> prefix, ChildLimits limits, List<String> options, String classPath) {
  private static final int OUT_OF_MEMORY = 3;

  ChildJvm {
    prefix = List.copyOf(prefix);
    options = List.copyOf(options);
  }

  /** A JVM for pipelines of {@code runner}. */
  static ChildJvm of(Runner runner, Project project, ChildLimits limits) {
    return new ChildJvm(List.of(), limits, runner.jvmOptions(), project.classPath(runner));
  }

  /** The same with one more option. */
  ChildJvm with(String option) {
    List<String> all = new ArrayList<>(options);
    all.add(option);
    return new ChildJvm(prefix, limits, all, classPath);
  }

  /** The same, started by {@code command}. */
  ChildJvm startedBy(List<String> command) {
    return new ChildJvm(command, limits, options, classPath);
  }

  /**
   * Runs {@code main} and waits until it ends or its time is over. Reports on its standard output
   * count as soon as they are there; other lines are ignored.
   */
  Outcome run(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
    // What a child that is killed leaves behind goes with the folder.
    try (ScratchFolder scratch = new ScratchFolder("sluice-nexmark")) {
      Path errors = scratch.path().resolve("errors");
      Process process =
          new ProcessBuilder(command(main, arguments, scratch.path()))
              .redirectError(errors.toFile())
              .start();
      try {
        CompletableFuture<List<Report>> reports =
            CompletableFuture.supplyAsync(() -> read(process));
        boolean ended = process.waitFor(limits.limit().toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
          process.destroyForcibly().waitFor();
        }
        return new Outcome(reports.join(), failure(process, ended, errors));
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private List<String> command(Class<?> main, List<String> arguments, Path temporary) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Of one size throughout: it would shrink at each collection between rounds.
    command.add("-Xms" + limits.heap());
    command.add("-Xmx" + limits.heap());
    // The kernel gives out pages at their first use, which would be in some round or other.
    command.add("-XX:+AlwaysPreTouch");
    // As a JVM chooses by itself on two cores, and on one core, too.
    command.add("-XX:+UseG1GC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(options);
    command.add("-cp");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  private static List<Report> read(Process process) {
    List<Report> reports = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Report.parse(line).ifPresent(reports::add);
      }
    } catch (IOException e) {
      // A child that is killed takes its output with it. What it has reported before counts.
      return reports;
    }
    return reports;
  }

  private Optional<String> failure(Process process, boolean ended, Path errors) throws IOException {
    if (!ended) {
      return Optional.of("stopped after " + limits.limit().toSeconds() + " s");
    }
    return switch (process.exitValue()) {
      case 0 -> Optional.empty();
      case OUT_OF_MEMORY -> Optional.of("out of memory with -Xmx" + limits.heap());
      default -> Optional.of(LastWords.of(errors).orElse("exit code " + process.exitValue()));
    };
  }
}
