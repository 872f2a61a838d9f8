package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.runner.KilledRecords.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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

  @TempDir Path folder;

  private KilledFolder killed;

  @BeforeEach
  void makeFolder() {
    killed = new KilledFolder(folder);
  }

  @Test
  void givesWhatItGivesWithoutBeingKilled() throws Exception {
    long seed = Long.getLong("sluice.seed", System.nanoTime() % 1_000_000);
    System.out.println("-Dsluice.seed=" + seed);
    Random random = Seeds.random(seed);
    for (int i = 0; i < KILLS; i++) {
      int lines = random.nextInt(1, MOST_LINES);
      try (ChildJvm child = start(random)) {
        child.awaitLines(lines);
        child.kill();
      }
    }
    killed.leaveUnfinished();
    end(random);
    killed.assertEndedWell("seed " + seed);
    assertTrue(
        killed.notes().stream()
            .filter(note -> note.what().equals(KilledRecords.OPENED))
            .anyMatch(note -> Place.of(note).next() > 0),
        "all begin at 0");
  }

  @Test
  void givesWhatItShouldWithoutBeingKilled() throws Exception {
    end(new Random(0));
    killed.assertEndedWell("without a kill");
  }

  private ChildJvm start(Random random) throws IOException {
    return killed.start(KilledFolder.TAKE_OVER, "--parallelism=" + random.nextInt(1, 5));
  }

  /** Has it run to its end. */
  private void end(Random random) throws IOException, InterruptedException {
    killed.letEnd();
    try (ChildJvm child = start(random)) {
      child.awaitEnd();
    }
  }
}
