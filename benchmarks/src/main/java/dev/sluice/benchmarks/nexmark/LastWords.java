package dev.sluice.benchmarks.nexmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The line in which a child says most clearly why it failed. */
final class LastWords {
  private static final int LONGEST = 200;

  private LastWords() {}

  /** The last cause in {@code errors}, or the first exception if none has one. */
  static Optional<String> of(Path errors) throws IOException {
    try (Stream<String> lines = Files.lines(errors, StandardCharsets.ISO_8859_1)) {
      return lines.reduce(Optional.empty(), LastWords::better, (first, second) -> second);
    }
  }

  private static Optional<String> better(Optional<String> soFar, String line) {
    boolean cause = line.startsWith("Caused by: ");
    boolean exception = line.contains("Exception") || line.contains("Error");
    boolean frame = line.startsWith("\t");
    if (frame || !(cause || exception) || (!cause && soFar.isPresent())) {
      return soFar;
    }
    String said = cause ? line.substring("Caused by: ".length()) : line;
    return Optional.of(said.length() > LONGEST ? said.substring(0, LONGEST) + "..." : said);
  }
}
