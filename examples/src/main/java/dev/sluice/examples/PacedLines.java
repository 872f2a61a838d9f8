package dev.sluice.examples;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lines of a file that come as they would from a program at work, so many a second: for trying out
 * an example.
 */
record PacedLines(List<String> lines, int perSecond) {
  PacedLines {
    lines = List.copyOf(lines);
    Arguments.checkAtLeast(1, "--linesPerSecond", perSecond);
  }

  /** The lines of {@code file}, which {@code option} names. */
  static PacedLines of(String option, String file, int perSecond) {
    try {
      return new PacedLines(Files.readAllLines(Path.of(file)), perSecond);
    } catch (IOException e) {
      throw new UsageException(
          String.format(
              "%s=%s cannot be read: %s. Name a text file; relative names start at %s",
              option, file, e, Path.of("").toAbsolutePath()),
          e);
    }
  }

  /** Writes all, each when its time has come; waits meanwhile. */
  void writeTo(Writer out) throws IOException, InterruptedException {
    long startNs = System.nanoTime();
    for (int i = 0; i < lines.size(); i++) {
      long dueNs = i * TimeUnit.SECONDS.toNanos(1) / perSecond;
      TimeUnit.NANOSECONDS.sleep(startNs + dueNs - System.nanoTime());
      out.write(lines.get(i) + "\n");
      out.flush();
    }
  }
}
