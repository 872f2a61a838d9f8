package dev.sluice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A benchmark's work in a process of its own, which reports one figure. */
final class Child {
  private static final String REPORT = "figure: ";
  private static final int OUT_OF_MEMORY = 3;

  private Child() {}

  /** How a child ended. */
  sealed interface Result {}

  /** It reported {@code value}. */
  record Figure(double value) implements Result {}

  /** It reported nothing, because of {@code reason}. */
  record Failure(String reason) implements Result {}

  /** Called in the child: reports {@code figure} to the parent. */
  static void report(double figure) {
    System.out.println(REPORT + figure);
  }

  /**
   * Runs {@code main} with a heap of {@code heap} and returns the figure that it reports.
   *
   * @throws IllegalStateException if it reports none
   */
  static double run(String heap, Class<?> main, String... args)
      throws IOException, InterruptedException {
    Result result = attempt(heap, Duration.ofHours(1), main, args);
    if (result instanceof Figure figure) {
      return figure.value();
    }
    throw new IllegalStateException(main.getSimpleName() + ": " + result);
  }

  /** Runs {@code main} with a heap of {@code heap} for at most {@code limit}. */
  static Result attempt(String heap, Duration limit, Class<?> main, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-Xmx" + heap);
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      CompletableFuture<Result> result = CompletableFuture.supplyAsync(() -> read(process));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Failure("not done after " + limit.toSeconds() + " s");
      }
      return process.exitValue() == OUT_OF_MEMORY ? new Failure("out of memory") : result.join();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Result read(Process process) {
    StringBuilder output = new StringBuilder();
    Result result = null;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(REPORT)) {
          result = new Figure(Double.parseDouble(line.substring(REPORT.length())));
        } else {
          output.append(line).append('\n');
        }
      }
    } catch (IOException e) {
      output.append(e);
    }
    return result != null ? result : new Failure("ended without a figure and said:\n" + output);
  }
}
