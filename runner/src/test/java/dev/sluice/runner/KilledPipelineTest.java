package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is killed again and again, and started again with the same checkpoint folder.
 * {@code -Dsluice.seed=N} says when it is killed.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledPipelineTest {
  private static final int KILLS = 10;

  /** Half of that, on average, is about what there is. */
  private static final int MOST_LINES = KilledRecords.LINES / KILLS * 2;

  /** One full checkpoint with those that build on it. */
  private static final int MOST_CHECKPOINTS = 22;

  @TempDir Path folder;

  private Path checkpoints;
  private int starts;

  @BeforeEach
  void makeFolder() {
    checkpoints = folder.resolve("checkpoints-of-program");
  }

  @Test
  void givesWhatItGivesWithoutBeingKilled() throws Exception {
    long seed = Long.getLong("sluice.seed", System.nanoTime() % 1_000_000);
    System.out.println("-Dsluice.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < KILLS; i++) {
      int lines = random.nextInt(1, MOST_LINES);
      try (ChildJvm child = start(random)) {
        child.awaitLines(lines);
        child.kill();
      }
    }
    // As a kill leaves it in the middle of a checkpoint.
    Path unfinished = checkpoints.resolve("checkpoints").resolve(".new-unfinished");
    Files.createDirectories(unfinished.getParent());
    Files.createFile(unfinished);
    end(random);
    assertGivesAll("seed " + seed);
    assertSomeReadersGoOn();
    assertMarksAreFinalizedInTime();
    assertNothingIsLeft();
  }

  @Test
  void givesWhatItShouldWithoutBeingKilled() throws Exception {
    end(new Random(0));
    assertGivesAll("without a kill");
    assertMarksAreFinalizedInTime();
    assertNothingIsLeft();
  }

  private ChildJvm start(Random random) throws IOException {
    return new ChildJvm(
        KilledPipeline.class,
        folder.resolve("errors-" + starts++),
        List.of(
            folder.toString(),
            "--checkpointDir=" + checkpoints,
            "--checkpointIntervalMs=30",
            "--checkpointTakeOver=true",
            "--batchDurationMs=20",
            "--tempFolder=" + folder.resolve("temp"),
            "--parallelism=" + random.nextInt(1, 5)));
  }

  /** Has it run to its end. */
  private void end(Random random) throws IOException, InterruptedException {
    Files.createFile(folder.resolve("end"));
    try (ChildJvm child = start(random)) {
      child.awaitEnd();
    }
  }

  /** Shows only what differs: there are thousands of lines. */
  private void assertGivesAll(String how) throws IOException {
    List<String> surplus = new ArrayList<>(Files.readAllLines(folder.resolve("results")));
    List<String> missing = new ArrayList<>();
    for (String line : KilledModel.lines()) {
      if (!surplus.remove(line)) {
        missing.add(line);
      }
    }
    assertEquals(List.of(), missing, () -> how + " is missing, and there is more: " + surplus);
    assertEquals(List.of(), surplus, how);
  }

  /** No reader has begun before a mark that was finalized: a checkpoint was behind that. */
  private void assertMarksAreFinalizedInTime() throws IOException {
    Map<String, Long> finalized = new HashMap<>();
    List<String> early = new ArrayList<>();
    for (String note : Files.readAllLines(folder.resolve("notes"))) {
      String[] words = note.split(" ", -1);
      long at = Long.parseLong(words[2]);
      if (words[0].equals("finalized")) {
        finalized.merge(words[1], at, Math::max);
      } else if (at < finalized.getOrDefault(words[1], 0L)) {
        early.add(note + " although " + finalized.get(words[1]) + " was finalized");
      }
    }
    assertEquals(List.of(), early);
    assertEquals(KilledRecords.SPLITS, finalized.size(), finalized::toString);
  }

  private void assertSomeReadersGoOn() throws IOException {
    try (Stream<String> notes = Files.lines(folder.resolve("notes"))) {
      assertTrue(notes.anyMatch(note -> note.matches("opened . [1-9].*")), "all begin at 0");
    }
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(checkpoints.resolve("checkpoints"))) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertEquals(List.of(), names.stream().filter(name -> name.startsWith(".")).toList());
      assertTrue(names.size() <= MOST_CHECKPOINTS, names::toString);
    }
  }
}
