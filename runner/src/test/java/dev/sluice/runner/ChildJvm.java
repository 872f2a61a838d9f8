package dev.sluice.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the tests in a JVM of its own. For use by one thread. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final Path errors;

  /** Starts {@code program}; what it writes to its standard error goes to {@code errors}. */
  ChildJvm(Class<?> program, Path errors, List<String> args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(args);
    this.errors = errors;
    this.process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Waits until it has printed {@code count} lines. */
  void awaitLines(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      if (output.readLine() == null) {
        throw new AssertionError("it has ended too early: " + Files.readString(errors));
      }
    }
  }

  /** Kills it without any chance to end in order. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits until it has ended, which it is to do well. */
  void awaitEnd() throws IOException, InterruptedException {
    while (output.readLine() != null) {
      // It must not wait for somebody to read.
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new AssertionError("it has ended with " + status + ": " + Files.readString(errors));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
