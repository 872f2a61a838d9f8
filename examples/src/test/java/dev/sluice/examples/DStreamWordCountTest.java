package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.rdd.EngineOptions;
import dev.sluice.engine.stream.StreamingContext;
import dev.sluice.engine.stream.StreamingOptions;
import dev.sluice.engine.time.ManualClock;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DStreamWordCountTest {
  private static final String ALL = "--top=100000";
  private static final long BATCH_MS = 1_000;
  private static final int WINDOW = 3;
  private static final int PATIENCE_SECONDS = 60;

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(BATCH_MS);
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<Counts> batches = new ArrayList<>();
  private final ExecutorService program = Executors.newSingleThreadExecutor();

  /** What a line says. */
  private record Counts(Map<String, Long> window, Map<String, Long> total) {
    static Counts parse(String line) {
      String[] parts = line.split("  lately |; in all ", -1);
      assertEquals(3, parts.length, line);
      return new Counts(words(parts[1]), words(parts[2]));
    }

    private static Map<String, Long> words(String text) {
      Map<String, Long> counts = new TreeMap<>();
      if (!text.equals("nothing")) {
        for (String word : text.split(", ", -1)) {
          int space = word.indexOf(' ');
          counts.put(word.substring(0, space), Long.valueOf(word.substring(space + 1)));
        }
      }
      return counts;
    }
  }

  @AfterEach
  void end() {
    program.shutdownNow();
  }

  @Test
  void countsWindowsAndTotalsBatchByBatch() throws Exception {
    try (LineServer server = new LineServer()) {
      Future<Void> run = start(ALL, server.port());
      server.send("To be, or not to be\nthat is the question\n");
      Map<String, Long> first =
          Map.of(
              "to",
              2L,
              "be",
              2L,
              "or",
              1L,
              "not",
              1L,
              "that",
              1L,
              "is",
              1L,
              "the",
              1L,
              "question",
              1L);
      batchesUntil(first);
      server.send("to die, to sleep\n");
      Map<String, Long> all = new TreeMap<>(first);
      all.putAll(Map.of("to", 4L, "die", 1L, "sleep", 1L));
      batchesUntil(all);
      // Nothing more comes, and so the window runs empty.
      for (int i = 0; i < WINDOW; i++) {
        batch();
      }
      Counts last = batches.get(batches.size() - 1);
      assertEquals(new Counts(Map.of(), all), last);
      server.send("no mo");
      server.send("re");
      server.end();
      run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      lines.forEach(line -> batches.add(Counts.parse(line)));
      all.putAll(Map.of("no", 1L, "more", 1L));
      assertEquals(new Counts(Map.of("no", 1L, "more", 1L), all), batches.get(batches.size() - 1));
    }
    for (int b = 0; b < batches.size(); b++) {
      Map<String, Long> before = b < WINDOW ? Map.of() : batches.get(b - WINDOW).total();
      assertEquals(difference(batches.get(b).total(), before), batches.get(b).window());
    }
  }

  @Test
  void printsTheMostFrequentWordsFirst() throws Exception {
    try (LineServer server = new LineServer()) {
      Future<Void> run = start("--top=3", server.port());
      server.send("b c a d\nd c d\n");
      server.end();
      run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    String line = new ArrayList<>(lines).get(lines.size() - 1);
    assertEquals("lately d 3, c 2, a 1; in all d 3, c 2, a 1", line.substring(line.indexOf("la")));
  }

  @Test
  void feedsItselfAndEnds() throws Exception {
    File errors = folder.resolve("errors").toFile();
    try (ExampleProcess example =
        new ExampleProcess(
            DStreamWordCount.class,
            errors,
            ALL,
            "--linesPerSecond=1000",
            "--batchMs=200",
            "--windowLengthMs=400")) {
      List<Counts> counts = example.lines().stream().map(Counts::parse).toList();
      assertEquals(0, example.exitStatus(), Files.readString(errors.toPath()));
      String text = Files.readString(Path.of("examples/data/poems.txt"));
      assertEquals(SocketWordCountTest.count(text), counts.get(counts.size() - 1).total());
      assertTrue(counts.size() > 2, "batches: " + counts.size());
    }
  }

  @Test
  void endsInOrderWhenItIsToldTo() throws Exception {
    File errors = folder.resolve("errors").toFile();
    try (LineServer server = new LineServer();
        ExampleProcess example =
            new ExampleProcess(
                DStreamWordCount.class,
                errors,
                "--batchMs=100",
                "--windowLengthMs=100",
                server.port())) {
      server.send("one two\n");
      Counts counts;
      do {
        counts = Counts.parse(example.nextLine());
      } while (counts.total().isEmpty());
      assertEquals(Map.of("one", 1L, "two", 1L), counts.total());
      example.tellToEnd();
      example.lines().forEach(line -> assertEquals(2, Counts.parse(line).total().size(), line));
      assertEquals("", Files.readString(errors.toPath()));
    }
  }

  @Test
  void goesOnWhereItWasKilled() throws Exception {
    Map<String, Long> expected = new TreeMap<>();
    for (String word : List.of("one", "two", "three")) {
      expected.merge("again", 1L, Long::sum);
      expected.put(word, 1L);
      File errors = folder.resolve("errors-" + word).toFile();
      try (LineServer server = new LineServer();
          ExampleProcess example =
              new ExampleProcess(
                  DStreamWordCount.class,
                  errors,
                  "--batchMs=100",
                  "--windowLengthMs=300",
                  "--checkpointDir=" + folder.resolve("checkpoint"),
                  server.port())) {
        server.send("again " + word + "\n");
        Counts counts;
        do {
          counts = Counts.parse(example.nextLine());
        } while (!counts.total().containsKey(word));
        assertEquals(expected, counts.total());
        // Closing kills it. The batch may be done or not, but what it has read is kept.
      }
    }
  }

  @Test
  void saysThatNobodyServesLines() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    Future<Void> run = start("--port=" + port);
    Exception e = assertThrows(Exception.class, () -> run.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(
        String.format(
            "nobody serves lines at 127.0.0.1:%d: start the server first, such as nc -lk %d",
            port, port),
        e.getCause().getMessage());
  }

  @Test
  void refusesOptionsThatItCannotUse() {
    assertEquals("--batchMs=0: must be at least 1", refused("--batchMs=0"));
    assertEquals("--windowLengthMs=0: must be at least 1", refused("--windowLengthMs=0"));
    assertEquals("--top=0: must be at least 1", refused("--top=0"));
    assertEquals(
        "--windowLengthMs=300: must be a multiple of --batchMs=200",
        refused("--batchMs=200", "--windowLengthMs=300"));
  }

  private static String refused(String... args) {
    return assertThrows(UsageException.class, () -> DStreamWordCount.options(args)).getMessage();
  }

  /** Runs the example on a clock that the test moves. */
  private Future<Void> start(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--batchMs=" + BATCH_MS);
    all.add("--windowLengthMs=" + WINDOW * BATCH_MS);
    DStreamWordCount.Options options = DStreamWordCount.options(all.toArray(String[]::new));
    StreamingOptions streaming =
        new StreamingOptions(Duration.ofMillis(BATCH_MS))
            .engine(new EngineOptions().workers(2).clock(clock));
    return program.submit(
        () -> {
          try (StreamingContext context = new StreamingContext(streaming)) {
            DStreamWordCount.run(context, options, lines::add);
          }
          return null;
        });
  }

  /** Runs batches until all that was sent has been counted. */
  private void batchesUntil(Map<String, Long> total) throws InterruptedException {
    do {
      batch();
    } while (!batches.get(batches.size() - 1).total().equals(total));
  }

  private void batch() throws InterruptedException {
    clock.advance(BATCH_MS);
    String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertTrue(line != null, "no line has come for " + PATIENCE_SECONDS + " s");
    batches.add(Counts.parse(line));
  }

  private static Map<String, Long> difference(Map<String, Long> all, Map<String, Long> before) {
    Map<String, Long> difference = new TreeMap<>(all);
    before.forEach((word, count) -> difference.merge(word, -count, Long::sum));
    difference.values().removeIf(count -> count == 0);
    return difference;
  }
}
