package dev.sluice.examples;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An example in a JVM of its own, started as its users do. */
final class ExampleProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  ExampleProcess(Class<?> example, File errors, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-classpath",
                System.getProperty("java.class.path"),
                example.getName()));
    command.addAll(List.of(args));
    process = new ProcessBuilder(command).redirectError(errors).start();
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The next line that it prints; null at the end. Waits for it. */
  String nextLine() throws IOException {
    return output.readLine();
  }

  /** All other lines. Waits until it has ended. */
  List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = nextLine(); line != null; line = nextLine()) {
      lines.add(line);
    }
    return lines;
  }

  /** What Ctrl-C and {@code kill} do. */
  void tellToEnd() {
    // Unlike Process.destroy, this leaves the output open.
    process.toHandle().destroy();
  }

  int exitStatus() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
