package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordCountTest {
  @TempDir Path folder;

  @Test
  void countsTheTextOfTheRepositoryByDefault() throws IOException {
    String printed = run("--output=" + folder.resolve("counts"));
    Map<String, Long> expected = count(Path.of("examples/data/poems.txt"));
    assertEquals(List.of("counts-00000-of-00001"), names(folder));
    assertEquals(expected, written(folder));
    assertEquals(278, expected.get("the"));
    assertEquals(topTen(expected), printed.lines().limit(10).map(String::strip).toList());
    assertEquals(
        "All %d words with their counts: %s/counts-*-of-00001".formatted(expected.size(), folder),
        printed.lines().skip(10).findFirst().orElseThrow());
    assertEquals(11, printed.lines().count());
  }

  @Test
  void countsEveryFileThatThePatternMatches() throws IOException {
    Files.writeString(folder.resolve("one.txt"), "Don't count 'quoted' words twice -- count!\n");
    Files.writeString(folder.resolve("two.txt"), "Élan, élan;\r\n\r\n42 count");
    Files.writeString(folder.resolve("three.md"), "not this");
    Path output = folder.resolve("out");
    run("--inputFile=" + folder.resolve("*.txt"), "--output=" + output.resolve("c"));
    assertEquals(
        Map.of("don't", 1L, "count", 3L, "quoted", 1L, "words", 1L, "twice", 1L, "élan", 2L),
        written(output));
  }

  @Test
  void writesAsManyFilesAsAskedAndReadsOnlyThese() throws IOException {
    Path output = folder.resolve("out");
    run("--output=" + output.resolve("c"));
    String printed = run("--output=" + output.resolve("c"), "--numShards=3");
    Files.delete(output.resolve("c-00000-of-00001"));
    assertEquals(
        List.of("c-00000-of-00003", "c-00001-of-00003", "c-00002-of-00003"), names(output));
    Map<String, Long> expected = count(Path.of("examples/data/poems.txt"));
    assertEquals(expected, written(output));
    assertEquals(topTen(expected), printed.lines().limit(10).map(String::strip).toList());
  }

  @Test
  void countsNothingInAnEmptyFile() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.txt"));
    String printed = run("--inputFile=" + empty, "--output=" + folder.resolve("c"));
    assertEquals(1, printed.lines().count(), printed);
    assertEquals("", Files.readString(folder.resolve("c-00000-of-00001")));
  }

  @Test
  void saysThatTheInputIsMissingBeforeAnythingRuns() {
    Path output = folder.resolve("out");
    for (String missing : List.of("nothing.txt", "no/folder/*.txt")) {
      String message = refused("--inputFile=" + missing, "--output=" + output.resolve("c"));
      assertTrue(message.startsWith("--inputFile=" + missing + " cannot be read: "), message);
      assertTrue(message.contains("Name a file that exists"), message);
    }
    assertFalse(Files.exists(output));
  }

  @Test
  void saysThatTheInputCannotBeReadBeforeAnythingRuns() {
    Path output = folder.resolve("out");
    String message = refused("--inputFile=" + folder, "--output=" + output.resolve("c"));
    assertTrue(message.startsWith("--inputFile=" + folder + " cannot be read: "), message);
    assertFalse(Files.exists(output));
  }

  @Test
  void refusesOptionsThatItCannotUse() {
    assertTrue(refused("--inputfile=x").contains("inputfile"));
    assertTrue(refused("--numShards=0").contains("must be at least 1"));
    assertTrue(refused("--numShards=many").contains("--help="));
    assertTrue(refused("--runner=NoSuchRunner").contains("NoSuchRunner"));
  }

  @Test
  void endsWithOneLineAndAStatusForTheShell() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                WordCount.class.getName(),
                "--inputFile=nothing.txt")
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, process.waitFor(), errors);
    assertEquals("", output);
    assertEquals(1, errors.lines().count(), errors);
    assertTrue(errors.startsWith("WordCount: --inputFile=nothing.txt cannot be read: "), errors);
  }

  private static String run(String... args) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      WordCount.run(args, out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String refused(String... args) {
    return assertThrows(UsageException.class, () -> run(args)).getMessage();
  }

  /** The words of a text, found letter by letter. */
  private static Map<String, Long> count(Path text) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    String letters = Files.readString(text) + " ";
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < letters.length(); i++) {
      char c = letters.charAt(i);
      boolean within = c == '\'' && !word.isEmpty() && Character.isLetter(letters.charAt(i + 1));
      if (Character.isLetter(c) || within) {
        word.append(Character.toLowerCase(c));
      } else if (!word.isEmpty()) {
        counts.merge(word.toString(), 1L, Long::sum);
        word.setLength(0);
      }
    }
    return counts;
  }

  private static List<String> topTen(Map<String, Long> counts) {
    List<Map.Entry<String, Long>> sorted = new ArrayList<>(counts.entrySet());
    // The map is in alphabetical order, and sorting is stable.
    sorted.sort(Map.Entry.comparingByValue((one, other) -> Long.compare(other, one)));
    return sorted.stream().limit(10).map(e -> e.getValue() + " " + e.getKey()).toList();
  }

  private static Map<String, Long> written(Path folder) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (String name : names(folder)) {
      for (String line : Files.readAllLines(folder.resolve(name))) {
        int colon = line.indexOf(": ");
        Long before = counts.put(line.substring(0, colon), Long.valueOf(line.substring(colon + 2)));
        assertEquals(null, before, line);
      }
    }
    return counts;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
