package dev.sluice.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Large texts, made of the lines of the text that the property sluice.text names. */
final class Text {
  private Text() {}

  /** Writes about {@code megabytes} MB of lines to {@code file}; the same at every call. */
  static Path generate(Path file, int megabytes) throws IOException {
    List<String> lines = lines();
    Random random = new Random(1);
    long left = megabytes * 1_000_000L;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      while (left > 0) {
        String line = lines.get(random.nextInt(lines.size()));
        out.write(line);
        out.write('\n');
        left -= line.length() + 1;
      }
    }
    return file;
  }

  private static List<String> lines() throws IOException {
    String file = System.getProperty("sluice.text");
    if (file == null) {
      throw new IllegalStateException("name a text with -Dsluice.text=FILE");
    }
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines.filter(line -> !line.isBlank()).toList();
    }
  }
}
