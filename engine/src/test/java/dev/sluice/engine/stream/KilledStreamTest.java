package dev.sluice.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.ChildJvm;
import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.storage.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream that is killed again and again, and started again with the same folder. {@code
 * -Dsluice.seed=N} says when it is killed.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledStreamTest {
  private static final int KILLS = 10;

  @TempDir Path folder;

  private final long seed = Long.getLong("sluice.seed", System.nanoTime() % 1_000_000);
  private final Random random = new Random(seed);
  private int starts;

  private ChildJvm start(String... where) throws IOException {
    List<String> args = new ArrayList<>(List.of(folder.toString()));
    args.addAll(List.of(where));
    return new ChildJvm(KilledStream.class, folder.resolve("errors-" + starts++), args);
  }

  @Test
  void writesWhatItWritesWithoutBeingKilledAtAnyMoment() throws Exception {
    System.out.println("-Dsluice.seed=" + seed);
    for (int i = 0; i < KILLS; i++) {
      try (ChildJvm child = start()) {
        int batches = random.nextInt(1, 15);
        for (int batch = 0; batch < batches; batch++) {
          child.awaitLine("batch");
        }
        child.kill();
      }
    }
    end();
  }

  @Test
  void writesWhatItWritesWithoutBeingKilledWhereTheLedgerMoves() throws Exception {
    System.out.println("-Dsluice.seed=" + seed);
    for (KillPoint point : KillPoint.values()) {
      try (ChildJvm child = start(point.name(), Integer.toString(random.nextInt(3)))) {
        assertTrue(child.awaitLine("here"), () -> point + ", seed " + seed);
        child.kill();
      }
    }
    end();
  }

  /** Another process takes over while the first one stands still; then that one wakes. */
  @Test
  void writesNothingMoreOnceAnotherHasTakenOver() throws Exception {
    try (ChildJvm first = start()) {
      first.awaitLine("batch");
      first.signal("STOP");
      try (ChildJvm second = start()) {
        second.awaitLine("batch");
        first.signal("CONT");
        ChildJvm.End ended = first.awaitEnd();
        assertTrue(ended.status() != 0, ended::toString);
        assertTrue(ended.errors().contains("FencedException"), ended::errors);
        second.kill();
      }
    }
    end();
  }

  private void end() throws IOException, InterruptedException {
    Files.createFile(folder.resolve("end"));
    try (ChildJvm child = start()) {
      ChildJvm.End ended = child.awaitEnd();
      assertEquals(0, ended.status(), ended::errors);
    }
    List<String> lines = new ArrayList<>();
    Map<Long, Long> sliding = new HashMap<>();
    DurableStore output = new LocalStore(folder.resolve("output"));
    for (String name : output.list("")) {
      assertTrue(name.startsWith("batch-"), name);
      for (String line : Files.readAllLines(folder.resolve("output").resolve(name))) {
        if (line.startsWith("sliding")) {
          String[] words = line.split(" ", -1);
          sliding.merge(Long.valueOf(words[1]), Long.valueOf(words[2]), Long::sum);
        } else {
          lines.add(line);
        }
      }
    }
    assertSame(expected(), lines);
    assertEquals(expectedSliding(), sliding, "seed " + seed);
  }

  private static List<String> expected() {
    List<String> lines = new ArrayList<>();
    for (long number = 0; number < KilledStream.COUNT; number++) {
      long key = number % KilledStream.KEYS;
      lines.add(KilledStream.seen(key, number / KilledStream.KEYS + 1, number));
      for (int batch = 0; batch < KilledStream.WINDOW_BATCHES; batch++) {
        lines.add("window " + number);
      }
    }
    return lines;
  }

  /** Each number is in so many windows, whichever those are. */
  private static Map<Long, Long> expectedSliding() {
    Map<Long, Long> sums = new HashMap<>();
    LongStream.range(0, KilledStream.COUNT)
        .forEach(
            number ->
                sums.merge(
                    number % KilledStream.KEYS, number * KilledStream.WINDOW_BATCHES, Long::sum));
    return sums;
  }

  /** As multisets; shows what differs only. */
  private void assertSame(List<String> expected, List<String> lines) {
    Map<String, Integer> counts = new HashMap<>();
    expected.forEach(line -> counts.merge(line, 1, Integer::sum));
    lines.forEach(line -> counts.merge(line, -1, Integer::sum));
    counts.values().removeIf(count -> count == 0);
    assertEquals(Map.of(), counts, "missing, or too much; seed " + seed);
  }
}
