package dev.sluice.engine.stream;

import static dev.sluice.engine.stream.StreamBed.at;
import static dev.sluice.engine.stream.StreamBed.collect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.rdd.DatasetReleasedException;
import dev.sluice.engine.rdd.EngineOptions;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.PairRdd;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.receiver.ReceiverOptions;
import dev.sluice.engine.receiver.Wait;
import dev.sluice.engine.time.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of docs/dstreams.md, which stand here as they stand there, on real input; those of
 * its later chapters are in {@link InputsGuideTest} and {@link CheckpointGuideTest}.
 */
@Timeout(120)
@SuppressWarnings("StringSplitter") // In a guide the shorter call is better read.
class DStreamGuideTest {
  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
  private static final String SOURCES = "engine/src/test/java/dev/sluice/engine/stream/";

  // What the guide has as classes.

  record Click(String page, int user) {}

  private static <K, V> Map<K, V> map(List<Pair<K, V>> pairs) {
    Map<K, V> map = new TreeMap<>();
    pairs.forEach(pair -> assertEquals(null, map.put(pair.key(), pair.value()), "key twice"));
    return map;
  }

  private static Map<String, Long> hits(Object... keysAndCounts) {
    Map<String, Long> hits = new TreeMap<>();
    for (int i = 0; i < keysAndCounts.length; i += 2) {
      hits.put((String) keysAndCounts[i], ((Integer) keysAndCounts[i + 1]).longValue());
    }
    return hits;
  }

  /** Hits of hosts, of one line each: {@code a b a} gives two of a and one of b. */
  private static PairDStream<String, Long> hitsOf(StreamBed bed, String... batches) {
    return bed.input(List.of(batches).stream().map(List::of).toList())
        .flatMap(line -> List.of(line.split(" ")))
        .filter(host -> !host.isEmpty())
        .mapToPair(host -> Pair.of(host, 1L));
  }

  private static void send(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    to.getOutputStream().flush();
  }

  @Test
  void firstProgram() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      int port = server.getLocalPort();
      List<Throwable> ends = new CopyOnWriteArrayList<>();
      Thread program =
          new Thread(
              () -> {
                try {
                  countWords(port);
                } catch (InterruptedException e) {
                  ends.add(e);
                }
              });
      program.start();
      try (Socket socket = server.accept()) {
        send(socket, "to be or not to be\n");
        Wait.until("words", () -> printed.toString(StandardCharsets.UTF_8).contains("value=2"));
        program.interrupt();
        program.join();
      }
      assertEquals(1, ends.size());
      String text = printed.toString(StandardCharsets.UTF_8);
      assertTrue(text.startsWith("-- batch "), text);
      assertTrue(text.contains("\nPair[key=be, value=2]\n"), text);
      assertTrue(text.contains("\nPair[key=or, value=1]\n"), text);
    } finally {
      System.setOut(before);
    }
  }

  private static void countWords(int port) throws InterruptedException {
    try (StreamingContext context = new StreamingContext(Duration.ofSeconds(1))) {
      context
          .socketTextStream("127.0.0.1", port)
          .flatMap(line -> List.of(line.split(" ")))
          .countByValue()
          .print();
      context.start();
      context.awaitTermination();
    }
  }

  @Test
  void options() {
    StreamingOptions options =
        new StreamingOptions(Duration.ofMillis(500))
            .name("clicks")
            .engine(new EngineOptions().workers(4).register(Click.class))
            .receivers(ReceiverOptions.DEFAULTS.withBlockIntervalMs(100).withMaxRate(10_000));
    ManualClock clock = new ManualClock(10_000);
    List<String> seen = new CopyOnWriteArrayList<>();
    try (StreamingContext context =
        new StreamingContext(options.engine(options.engine().clock(clock)))) {
      Queue<Rdd<Click>> queue = new ConcurrentLinkedQueue<>();
      queue.add(context.rdds().parallelize(List.of(new Click("a", 1), new Click("a", 1))));
      context
          .queueStream(queue, true)
          .countByValue()
          .foreachRDD(
              (rdd, timeMs) ->
                  seen.add(timeMs + " " + rdd.collect() + " " + Thread.currentThread().getName()));
      context.start();
      clock.advance(500);
      Wait.until("a batch", () -> !seen.isEmpty());
    }
    String batch = seen.get(0);
    assertTrue(batch.startsWith("10500 "), batch);
    assertTrue(batch.contains("Click[page=a, user=1], value=2"), batch);
    assertTrue(batch.contains(" clicks-"), batch);
  }

  @Test
  void transformations() {
    try (StreamBed bed = new StreamBed()) {
      DStream<String> lines =
          bed.input(
              List.of(
                  List.of("a /x 500", "b /x 200", "a /y 500"), List.of("b /z 500", "b /z 500")));
      PairDStream<String, Long> errors =
          lines
              .filter(line -> line.endsWith(" 500"))
              .mapToPair(line -> Pair.of(line.split(" ")[0], 1L))
              .reduceByKey(Long::sum);
      DStream<String> distinct = lines.transform(rdd -> rdd.distinct());
      Map<Long, List<Pair<String, Long>>> seenErrors = collect(errors);
      Map<Long, List<String>> seenDistinct = collect(distinct);
      bed.start();
      bed.batches(2);
      assertEquals(hits("a", 2), map(seenErrors.get(1L)));
      assertEquals(hits("b", 2), map(seenErrors.get(2L)));
      assertEquals(3, seenDistinct.get(1L).size());
      assertEquals(List.of("b /z 500"), seenDistinct.get(2L));
    }
  }

  @Test
  void windows() {
    try (StreamBed bed = new StreamBed()) {
      PairDStream<String, Long> hits = hitsOf(bed, "a b", "a", "", "c");
      PairDStream<String, Long> lately =
          hits.reduceByKeyAndWindow(Long::sum, Duration.ofSeconds(3), Duration.ofSeconds(1));
      PairDStream<String, Long> slid =
          hits.reduceByKeyAndWindow(
              Long::sum,
              (window, left) -> window - left,
              Duration.ofSeconds(3),
              Duration.ofSeconds(1),
              pair -> pair.value() > 0);
      Map<Long, List<Pair<String, Long>>> plain = collect(lately);
      Map<Long, List<Pair<String, Long>>> inverse = collect(slid);
      bed.start();
      bed.batches(7);
      for (long b = 1; b <= 7; b++) {
        assertEquals(map(plain.get(b)), map(inverse.get(b)), "batch " + b);
      }
      assertEquals(hits("a", 1, "b", 1), map(plain.get(1L)));
      assertEquals(hits("a", 2, "b", 1), map(plain.get(3L)));
      assertEquals(hits("a", 1, "c", 1), map(plain.get(4L)));
      assertEquals(hits(), map(plain.get(7L)));
    }
  }

  @Test
  void slides() {
    try (StreamBed bed = new StreamBed()) {
      DStream<String> lines =
          bed.input(List.of(List.of("a"), List.of("b"), List.of("c"), List.of("d")));
      DStream<Long> rate = lines.countByWindow(Duration.ofSeconds(4), Duration.ofSeconds(2));
      Map<Long, List<Long>> seen = collect(rate);
      bed.start();
      bed.batches(8);
      assertEquals(
          Map.of(2L, List.of(2L), 4L, List.of(4L), 6L, List.of(2L), 8L, List.of(0L)), seen);
    }
  }

  @Test
  void updateStateByKey() {
    try (StreamBed bed = new StreamBed()) {
      PairDStream<String, Long> hits = hitsOf(bed, "a b a", "a", "");
      PairDStream<String, Long> totals =
          hits.updateStateByKey(
              (values, before) ->
                  Optional.of(before.orElse(0L) + values.stream().mapToLong(n -> n).sum()));
      Map<Long, List<Pair<String, Long>>> seen = collect(totals);
      bed.start();
      bed.batches(3);
      assertEquals(hits("a", 2, "b", 1), map(seen.get(1L)));
      assertEquals(hits("a", 3, "b", 1), map(seen.get(2L)));
      assertEquals(hits("a", 3, "b", 1), map(seen.get(3L)));
    }
  }

  @Test
  void mapWithState() {
    try (StreamBed bed = new StreamBed()) {
      PairDStream<String, Long> hits = hitsOf(bed, "a", "a b", "b");
      StateSpec<String, Long, Long, String> visits =
          StateSpec.<String, Long, Long, String>of(
                  (host, hit, count) -> {
                    if (count.isTimingOut()) {
                      return host + " left after " + count.get();
                    }
                    count.update(count.exists() ? count.get() + 1 : 1);
                    return host + " " + count.get();
                  })
              .withTimeout(Duration.ofSeconds(3));
      MappedStates<String, Long, String> states = hits.mapWithState(visits);
      DStream<String> notes = states.mapped();
      PairDStream<String, Long> present = states.stateSnapshots();
      Map<Long, List<String>> seen = collect(notes);
      Map<Long, List<Pair<String, Long>>> there = collect(present);
      bed.start();
      bed.batches(6);
      assertEquals(List.of("a 1"), seen.get(1L));
      assertEquals(List.of("a 2", "b 1"), seen.get(2L).stream().sorted().toList());
      assertEquals(List.of("b 2"), seen.get(3L));
      assertEquals(hits("a", 2, "b", 2), map(there.get(4L)));
      assertEquals(List.of("a left after 2"), seen.get(5L));
      assertEquals(hits("b", 2), map(there.get(5L)));
      assertEquals(List.of("b left after 2"), seen.get(6L));
    }
  }

  @Test
  void initialStates() {
    try (StreamBed bed = new StreamBed()) {
      StreamingContext context = bed.context;
      PairDStream<String, Long> hits = hitsOf(bed, "a");
      PairRdd<String, Long> yesterday =
          context.rdds().parallelizePairs(List.of(Pair.of("a", 10L), Pair.of("b", 20L)));
      PairDStream<String, Long> totals =
          hits.updateStateByKey(
              (values, before) -> Optional.of(before.orElse(0L) + values.size()), yesterday);
      Map<Long, List<Pair<String, Long>>> seen = collect(totals);
      bed.start();
      bed.batches(1);
      assertEquals(hits("a", 11, "b", 20), map(seen.get(1L)));
    }
  }

  @Test
  void joinWithADatasetMadeOutside(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("hosts.csv"), "a,Anna\nb,Bert\n");
    try (StreamBed bed = new StreamBed()) {
      StreamingContext context = bed.context;
      PairDStream<String, Long> hits = hitsOf(bed, "a a c");
      PairRdd<String, String> owners =
          context
              .rdds()
              .textFile(file)
              .mapToPair(line -> Pair.of(line.split(",")[0], line.split(",")[1]))
              .persist();
      PairDStream<String, Pair<Long, Optional<String>>> owned =
          hits.reduceByKey(Long::sum).transformPairs(rdd -> rdd.leftOuterJoin(owners));
      Map<Long, List<Pair<String, Pair<Long, Optional<String>>>>> seen = collect(owned);
      bed.start();
      bed.batches(1);
      assertEquals(
          Map.of("a", Pair.of(2L, Optional.of("Anna")), "c", Pair.of(1L, Optional.empty())),
          map(seen.get(1L)));
    }
  }

  @Test
  void outputs() {
    try (StreamBed bed = new StreamBed()) {
      Map<Long, Map<String, Long>> table = new ConcurrentSkipListMap<>();
      List<String> log = new CopyOnWriteArrayList<>();
      PairDStream<String, Long> hits = hitsOf(bed, "a b a", "b");
      hits.reduceByKey(Long::sum)
          .foreachPairRDD("store", (rdd, timeMs) -> table.put(timeMs, rdd.collectAsMap()));
      hits.count().foreachRDD("log", (rdd, timeMs) -> log.add(rdd.first() + " hits stored"));
      bed.start();
      bed.batches(2);
      assertEquals(hits("a", 2, "b", 1), table.get(at(1)));
      assertEquals(hits("b", 1), table.get(at(2)));
      assertEquals(List.of("3 hits stored", "1 hits stored"), log);
      assertEquals(
          List.of("store@0", "log@1", "store@0", "log@1"),
          bed.seen(StreamEvent.OutputStarted.class).stream()
              .map(StreamEvent.OutputStarted::name)
              .toList());
    }
  }

  @Test
  void previous() {
    try (StreamBed bed = new StreamBed()) {
      PairDStream<String, Long> counts = hitsOf(bed, "a", "a b a").reduceByKey(Long::sum);
      PairDStream<String, Long> change =
          counts
              .leftOuterJoin(counts.previous(1))
              .mapValues(pair -> pair.key() - pair.value().orElse(0L));
      Map<Long, List<Pair<String, Long>>> seen = collect(change);
      bed.start();
      bed.batches(2);
      assertEquals(hits("a", 1), map(seen.get(1L)));
      assertEquals(hits("a", 1, "b", 1), map(seen.get(2L)));
    }
  }

  @Test
  void accumulate() {
    try (StreamBed bed = new StreamBed()) {
      DStream<String> lines =
          bed.input(List.of(List.of("a"), List.of("b"), List.of("c"), List.of("d")));
      DStream<String> recent = lines.accumulate("recent", Duration.ofSeconds(3));
      Map<Long, List<String>> seen = collect(recent);
      bed.start();
      bed.batches(4);
      assertEquals(List.of("a", "b"), seen.get(2L));
      assertEquals(List.of("b", "c", "d"), seen.get(4L));
    }
  }

  @Test
  void pin() {
    try (StreamBed bed = new StreamBed()) {
      StreamingContext context = bed.context;
      DStream<String> lines = bed.input(List.of(List.of("a", "b"), List.of("c")));
      List<Lease<String>> leases = new CopyOnWriteArrayList<>();
      lines.foreachRDD(
          (rdd, timeMs) -> {
            if (leases.isEmpty()) {
              leases.add(context.pin(rdd, "first batch"));
            }
          });
      bed.start();
      bed.batches(5);
      try (Lease<String> first = leases.get(0)) {
        assertEquals(List.of("a", "b"), first.rdd().collect());
      }
      assertThrows(DatasetReleasedException.class, () -> leases.get(0).rdd().collect());
    }
  }

  @Test
  void slice() {
    try (StreamBed bed = new StreamBed()) {
      DStream<String> lines =
          bed.input(List.of(List.of("a"), List.of("b"), List.of("c"), List.of("d")));
      lines.remember(Duration.ofSeconds(3));
      collect(lines);
      bed.start();
      bed.batches(4);
      long lastMs = at(4);
      List<Rdd<String>> three = lines.slice(lastMs - 2_000, lastMs);
      assertEquals(
          List.of(List.of("b"), List.of("c"), List.of("d")),
          three.stream().map(Rdd::collect).toList());
      assertThrows(IllegalStateException.class, () -> lines.slice(at(1), lastMs));
    }
  }

  @Test
  void guideHasNoOtherPrograms() throws IOException {
    Path root = root();
    String source = sources(root.resolve(SOURCES)).replaceAll("\\s", "");
    List<String> programs =
        JAVA.matcher(Files.readString(root.resolve("docs/dstreams.md")))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
    assertTrue(programs.size() >= 18, "programs: " + programs.size());
    for (String program : programs) {
      assertFalse(program.isBlank());
      assertTrue(source.contains(program.replaceAll("\\s", "")), program);
    }
  }

  private static String sources(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*GuideTest.java")) {
      for (Path file : files) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  /** The folder that has the guide: above that of the module. */
  private static Path root() {
    Path folder = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("docs/dstreams.md"))) {
      folder = folder.getParent();
    }
    assertTrue(folder != null, "no folder above this one has docs/dstreams.md");
    return folder;
  }
}
