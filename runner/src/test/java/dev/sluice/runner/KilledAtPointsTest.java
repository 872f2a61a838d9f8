package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.batch.Recovery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is killed where it stands still, at each {@link KillPoint} once. {@code
 * -Dsluice.seed=N} says in which order, and at the how manieth time.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledAtPointsTest {
  @TempDir Path folder;

  @Test
  void givesWhatItGivesWithoutBeingKilled() throws Exception {
    long seed = Long.getLong("sluice.seed", System.nanoTime() % 1_000_000);
    Random random = Seeds.random(seed);
    KilledFolder killed = new KilledFolder(folder);
    List<KillPoint> points = new ArrayList<>(Arrays.asList(KillPoint.values()));
    Collections.shuffle(points, random);
    if (points.get(0) == KillPoint.OLDER_HALF_DROPPED) {
      // There is something to drop when there was a process before.
      Collections.swap(points, 0, 1);
    }
    StringBuilder kills = new StringBuilder("-Dsluice.seed=" + seed);
    for (KillPoint point : points) {
      int nth = random.nextInt(1, point.latest() + 1);
      kills.append(", killed at ").append(nth).append(". ").append(point);
      try (ChildJvm child =
          killed.startStanding(
              point,
              nth,
              Recovery.DEFAULT_LEASE_MS,
              KilledFolder.TAKE_OVER,
              "--parallelism=" + random.nextInt(1, 5))) {
        assertTrue(child.awaitLine(StandStill.HERE), kills::toString);
        child.kill();
      }
    }
    System.out.println(kills);
    killed.letEnd();
    try (ChildJvm child = killed.start(KilledFolder.TAKE_OVER)) {
      child.awaitEnd();
    }
    killed.assertEndedWell(kills.toString());
  }
}
