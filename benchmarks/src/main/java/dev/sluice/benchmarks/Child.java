package dev.sluice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A benchmark's work in a process of its own, which reports one figure. */
final class Child {
  private static final String REPORT = "figure: ";

  private Child() {}

  /** Called in the child: reports {@code figure} to the parent. */
  static void report(double figure) {
    System.out.println(REPORT + figure);
  }

  /** Runs {@code main} with a heap of {@code heap} and returns the figure that it reports. */
  static double run(String heap, Class<?> main, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-Xmx" + heap);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Double figure = null;
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(REPORT)) {
          figure = Double.valueOf(line.substring(REPORT.length()));
        } else {
          output.append(line).append('\n');
        }
      }
    }
    int exit = process.waitFor();
    if (exit != 0 || figure == null) {
      throw new IllegalStateException(
          main.getSimpleName() + " ended with " + exit + " and said:\n" + output);
    }
    return figure;
  }
}
