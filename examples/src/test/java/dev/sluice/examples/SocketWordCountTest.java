package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SocketWordCountTest {
  private static final Path POEMS = Path.of("examples/data/poems.txt");
  private static final String ALL = "--top=100000";

  @TempDir File folder;

  @Test
  void countsEachWindowWhileTheConnectionIsOpen() throws Exception {
    List<String> lines = Files.readAllLines(POEMS);
    Received received = new Received();
    try (LineServer server = new LineServer()) {
      PipelineResult result = start(server, received, ALL, "--windowMs=200");
      List<String> windows = new ArrayList<>();
      for (int from = 0; from < 300; from += 100) {
        String text = String.join("\n", lines.subList(from, from + 100)) + "\n";
        server.send(text);
        Map<String, Long> expected = count(text);
        Map<String, Long> counted = new HashMap<>();
        // What was sent may be at the border of two windows; nothing else is in them.
        while (total(counted) < total(expected)) {
          String window = received.next();
          windows.add(window.substring(0, window.indexOf("  ")));
          add(window, counted);
        }
        assertEquals(expected, counted);
      }
      assertEquals(windows.stream().distinct().toList(), windows);
      assertEquals(State.RUNNING, result.getState());
      server.end();
      assertEquals(State.DONE, result.waitUntilFinish());
    }
    assertEquals(List.of(), received.rest());
  }

  @Test
  void countsALineThatTheConnectionEndsIn() throws Exception {
    Received received = new Received();
    try (LineServer server = new LineServer()) {
      PipelineResult result = start(server, received, ALL);
      server.send("one two\r\ntw");
      server.send("o");
      server.end();
      assertEquals(State.DONE, result.waitUntilFinish());
    }
    Map<String, Long> counted = new HashMap<>();
    received.rest().forEach(window -> add(window, counted));
    assertEquals(Map.of("one", 1L, "two", 2L), counted);
  }

  @Test
  void printsTheMostFrequentWordsFirst() throws Exception {
    Received received = new Received();
    try (LineServer server = new LineServer()) {
      PipelineResult result = start(server, received, "--top=3", "--windowMs=86400000");
      server.send("b c a d\n");
      server.send("d c d\n");
      server.end();
      assertEquals(State.DONE, result.waitUntilFinish());
    }
    String window = received.rest().get(0);
    assertEquals("d 3, c 2, a 1", window.substring(window.indexOf("  ") + 2));
  }

  @Test
  void feedsItselfAndEnds() throws Exception {
    File errors = new File(folder, "errors");
    try (ExampleProcess example =
        new ExampleProcess(
            SocketWordCount.class, errors, ALL, "--linesPerSecond=1000", "--windowMs=250")) {
      List<String> windows = example.lines();
      assertEquals(0, example.exitStatus(), Files.readString(errors.toPath()));
      Map<String, Long> counted = new HashMap<>();
      windows.forEach(window -> add(window, counted));
      assertEquals(count(Files.readString(POEMS)), counted);
      assertTrue(windows.size() > 2, "windows: " + windows.size());
    }
  }

  @Test
  void refusesOptionsThatItCannotUse() {
    assertEquals("--windowMs=0: must be at least 1", refused("--windowMs=0"));
    assertEquals("--top=0: must be at least 1", refused("--top=0"));
    assertEquals("--linesPerSecond=-1: must be at least 1", refused("--linesPerSecond=-1"));
    String message = refused("--inputFile=nothing.txt");
    assertTrue(message.startsWith("--inputFile=nothing.txt cannot be read: "), message);
  }

  private static String refused(String arg) {
    return assertThrows(UsageException.class, () -> SocketWordCount.run(new String[] {arg}))
        .getMessage();
  }

  private static PipelineResult start(LineServer server, Received received, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(server.port());
    SocketWordCount.Options options =
        Arguments.parse(all.toArray(String[]::new), SocketWordCount.Options.class);
    Pipeline pipeline = Pipeline.create(options);
    SocketWordCount.topWords(SocketInput.read(pipeline, options, LineTimes.arrival()), options)
        .apply(received);
    return pipeline.run();
  }

  /** Adds the words of a printed line: {@code 12:00:00 the 12, and 7}. */
  private static void add(String window, Map<String, Long> counts) {
    for (String word : window.substring(window.indexOf("  ") + 2).split(", ", -1)) {
      int space = word.indexOf(' ');
      counts.merge(word.substring(0, space), Long.valueOf(word.substring(space + 1)), Long::sum);
    }
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The words of a text: what is between anything else than letters and apostrophes. */
  static Map<String, Long> count(String text) {
    Map<String, Long> counts = new HashMap<>();
    try (Scanner words = new Scanner(text).useDelimiter("[^\\p{L}']+")) {
      while (words.hasNext()) {
        String word = words.next().replaceAll("^'+|'+$", "").toLowerCase(Locale.ROOT);
        if (!word.isEmpty()) {
          counts.merge(word, 1L, Long::sum);
        }
      }
    }
    return counts;
  }
}
