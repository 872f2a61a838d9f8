package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.runner.SluicePipelineResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.joda.time.format.DateTimeFormat;
import org.joda.time.format.DateTimeFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LogErrorsTest {
  private static final Path SAMPLE = Path.of("examples/data/access.log");
  private static final DateTimeFormatter TIME =
      DateTimeFormat.forPattern("dd/MMM/yyyy:HH:mm:ss Z").withLocale(Locale.ENGLISH).withZoneUTC();

  @TempDir Path folder;

  private final Received received = new Received();
  private Path log;

  @BeforeEach
  void nameTheLog() {
    log = folder.resolve("access.log");
  }

  @Test
  void countsTheSameInALogThatGrows() throws Exception {
    List<String> lines = Files.readAllLines(SAMPLE);
    append(String.join("\n", lines.subList(0, 150)) + "\n" + lines.get(150).substring(0, 40));
    SluicePipelineResult result = follow("--windowMinutes=1");
    LogErrors.awaitLines(result, 150);
    append(lines.get(150).substring(40) + "\n");
    for (String line : lines.subList(151, lines.size())) {
      append(line + "\n");
    }
    LogErrors.awaitLines(result, lines.size());
    result.drain();
    assertEquals(State.DONE, result.waitUntilFinish());
    List<String> expected = count(lines);
    assertTrue(expected.size() > 200, "minutes: " + expected.size());
    assertEquals(expected, received.rest().stream().sorted().toList());
  }

  @Test
  void waitsForLinesOutOfOrderButNoLonger() throws Exception {
    SluicePipelineResult result = follow("--windowMinutes=1", "--disorderSeconds=5");
    append(line("10:00:58", 200) + line("10:01:04", 200) + line("10:00:59", 500));
    append(line("10:01:05", 404));
    assertEquals("2025-03-10 10:00  2 requests, 1 failed (50.0%)", received.next());
    append(line("10:00:59", 500) + line("10:01:06", 200));
    LogErrors.awaitLines(result, 6);
    result.drain();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(List.of("2025-03-10 10:01  3 requests, 1 failed (33.3%)"), received.rest());
  }

  @Test
  void goesOnInTheNewFileWhenTheLogIsReplaced() throws Exception {
    append(line("10:00:00", 200));
    SluicePipelineResult result = follow("--windowMinutes=1");
    LogErrors.awaitLines(result, 1);
    append(line("10:00:01", 200));
    Files.move(log, folder.resolve("access.log.1"));
    append(line("10:00:02", 200) + line("10:00:03", 200));
    LogErrors.awaitLines(result, 4);
    result.drain();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(List.of("2025-03-10 10:00  4 requests, 0 failed (0.0%)"), received.rest());
  }

  @Test
  void startsAgainWhenTheLogIsCut() throws Exception {
    append(line("10:00:00", 200) + line("10:00:01", 200));
    SluicePipelineResult result = follow("--windowMinutes=1");
    LogErrors.awaitLines(result, 2);
    Files.writeString(log, line("10:00:02", 200));
    LogErrors.awaitLines(result, 3);
    result.drain();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(List.of("2025-03-10 10:00  3 requests, 0 failed (0.0%)"), received.rest());
  }

  @Test
  void letsTheLastWindowOutWhenItIsToldToEnd() throws Exception {
    append(line("10:00:00", 200) + line("10:01:00", 200) + line("10:01:30", 404));
    Path errors = folder.resolve("errors");
    try (ExampleProcess example =
        new ExampleProcess(
            LogErrors.class, errors.toFile(), "--follow=" + log, "--windowMinutes=1")) {
      assertEquals(
          "2025-03-10 10:00  1 requests, 0 failed (0.0%)", example.nextLine(), () -> read(errors));
      example.tellToEnd();
      assertEquals(
          List.of("2025-03-10 10:01  2 requests, 1 failed (50.0%)"),
          example.lines(),
          () -> read(errors));
    }
  }

  @Test
  void writesALogItselfAndEnds() throws Exception {
    Path errors = folder.resolve("errors");
    try (ExampleProcess example =
        new ExampleProcess(
            LogErrors.class, errors.toFile(), "--linesPerSecond=1000", "--windowMinutes=1")) {
      List<String> expected = count(Files.readAllLines(SAMPLE));
      assertEquals(expected, example.lines().stream().sorted().toList(), () -> read(errors));
      assertEquals(0, example.exitStatus());
    }
  }

  private SluicePipelineResult follow(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--follow=" + log);
    LogErrors.Options options =
        Arguments.parse(all.toArray(String[]::new), LogErrors.Options.class);
    Pipeline pipeline = Pipeline.create(options);
    LogErrors.errors(pipeline, options).apply(received);
    return (SluicePipelineResult) pipeline.run();
  }

  private void append(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String line(String time, int status) {
    return String.format(
        "192.0.2.1 - - [10/Mar/2025:%s +0000] \"GET / HTTP/1.1\" %d 1 \"-\" \"curl\"\n",
        time, status);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What is to come out of a log, found by cutting lines at quotes. */
  private static List<String> count(List<String> lines) {
    Map<String, int[]> minutes = new TreeMap<>();
    for (String line : lines) {
      if (LogLine.parse(line).isEmpty()) {
        continue;
      }
      String time = line.substring(line.indexOf('[') + 1, line.indexOf(']'));
      String minute = TIME.parseDateTime(time).toString("yyyy-MM-dd HH:mm");
      int status = Integer.parseInt(line.replace("\\\"", "").split("\"", -1)[2].substring(1, 4));
      int[] requests = minutes.computeIfAbsent(minute, m -> new int[2]);
      requests[0]++;
      requests[1] += status >= 400 ? 1 : 0;
    }
    List<String> described = new ArrayList<>();
    minutes.forEach(
        (minute, requests) ->
            described.add(
                String.format(
                    Locale.ROOT,
                    "%s  %d requests, %d failed (%.1f%%)",
                    minute,
                    requests[0],
                    requests[1],
                    100.0 * requests[1] / requests[0])));
    return described;
  }
}
