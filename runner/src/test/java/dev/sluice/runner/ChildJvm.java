package dev.sluice.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
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
        throw new AssertionError("it has ended too early: " + errors());
      }
    }
  }

  /** Waits for a line that begins so; false if it has ended without one. */
  boolean awaitLine(String begin) throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith(begin)) {
      line = output.readLine();
    }
    return line != null;
  }

  /** Gives it something to read. */
  void tell() throws IOException {
    OutputStream input = process.getOutputStream();
    input.write('\n');
    input.flush();
  }

  /** Holds up all of its threads, wherever they are. */
  void stop() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets it go on as if nothing had been. */
  void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", signal, String.valueOf(pid())).inheritIO().start().waitFor();
    if (status != 0) {
      throw new AssertionError("kill " + signal + " has ended with " + status);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Kills it without any chance to end in order. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits until it has ended, which it is to do well. */
  void awaitEnd() throws IOException, InterruptedException {
    int status = awaitStatus();
    if (status != 0) {
      throw new AssertionError("it has ended with " + status + ": " + errors());
    }
  }

  /** Waits until it has ended with an error; what it has written to its standard error. */
  String awaitFailure() throws IOException, InterruptedException {
    if (awaitStatus() == 0) {
      throw new AssertionError("it has ended well: " + errors());
    }
    return errors();
  }

  private int awaitStatus() throws IOException, InterruptedException {
    while (output.readLine() != null) {
      // It must not wait for somebody to read.
    }
    return process.waitFor();
  }

  private String errors() throws IOException {
    return Files.readString(errors);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
