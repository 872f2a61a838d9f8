package dev.sluice.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the tests in a JVM of its own. For use by one thread. */
public final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final Path errors;

  /** Starts {@code program}; what it writes to its standard error goes to {@code errors}. */
  public ChildJvm(Class<?> program, Path errors, List<String> args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
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

  /** Waits for a line that begins with {@code start}; false if it ends before. */
  public boolean awaitLine(String start) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  /** Sends it a signal, such as {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (status != 0) {
      throw new IOException("kill -" + name + " has ended with " + status);
    }
  }

  /** Kills it without any chance to end in order. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits until it has ended; its status, and what it wrote to its standard error. */
  public End awaitEnd() throws IOException, InterruptedException {
    while (output.readLine() != null) {
      // It must not wait for somebody to read.
    }
    return new End(process.waitFor(), Files.readString(errors));
  }

  /** How it has ended. */
  public record End(int status, String errors) {}

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
