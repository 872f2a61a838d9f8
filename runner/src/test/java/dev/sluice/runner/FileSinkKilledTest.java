package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that writes files and is killed again and again. {@code -Dsluice.seed=N} says when. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FileSinkKilledTest {
  private static final int KILLS = 6;

  /** Half of that, on average, is about what there is. */
  private static final int MOST_LINES = KilledRecords.LINES / KILLS * 2;

  @TempDir Path folder;

  private int starts;

  @Test
  void writesEachLineOnceHoweverOftenItIsKilled() throws Exception {
    SinkFiles files = new SinkFiles(folder.resolve("out"));
    long seed = Long.getLong("sluice.seed", System.nanoTime() % 1_000_000);
    Random random = Seeds.random(seed);
    StringBuilder kills = new StringBuilder("-Dsluice.seed=" + seed);
    for (int i = 0; i < KILLS; i++) {
      int lines = random.nextInt(1, MOST_LINES);
      try (ChildJvm child = start(random)) {
        child.awaitLines(lines);
        child.kill();
      }
      kills
          .append(", killed with ")
          .append(files.names().size())
          .append(" files and ")
          .append(files.attempts().size())
          .append(" that are not published");
    }
    System.out.println(kills);
    Files.createFile(folder.resolve("end"));
    try (ChildJvm child = start(random)) {
      child.awaitEnd();
    }
    List<String> expected =
        KilledRecords.all().stream().map(record -> "" + record.number()).sorted().toList();
    assertEquals(expected, files.lines().stream().sorted().toList(), kills::toString);
    assertEquals(List.of(), files.attempts(), kills::toString);
  }

  private ChildJvm start(Random random) throws IOException {
    return new ChildJvm(
        FileSinkProgram.class,
        folder.resolve("errors-" + starts++),
        List.of(
            folder.toString(),
            "--checkpointDir=" + folder.resolve("checkpoints"),
            "--checkpointIntervalMs=30",
            "--checkpointTakeOver=true",
            "--batchDurationMs=20",
            "--tempFolder=" + folder.resolve("temp"),
            "--maxBundleSize=" + random.nextInt(0, 20),
            "--parallelism=" + random.nextInt(1, 5)));
  }
}
