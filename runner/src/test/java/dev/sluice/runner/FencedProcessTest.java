package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.batch.Recovery;
import dev.sluice.engine.checkpoint.FencedException;
import dev.sluice.engine.checkpoint.FolderInUseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that want the same checkpoint folder. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FencedProcessTest {
  private static final int SOME_LINES = 20;
  private static final String BEHIND = "record ";

  /** Short enough to wait for, with some renewals that may come late. */
  private static final long LEASE_MS = 9_000;

  @TempDir Path folder;

  private KilledFolder killed;

  @BeforeEach
  void makeFolder() {
    killed = new KilledFolder(folder);
  }

  @Test
  void oneThatWasHeldUpAnywhereEndsAndAddsNothing() throws Exception {
    try (ChildJvm first = killed.start()) {
      first.awaitLines(SOME_LINES);
      assertIsOvertaken(first);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"COMMITTED", "FILE_NOT_BEGUN", "FILE_WRITTEN", "DURABLE"})
  void oneThatWasHeldUpAtAPointEndsAndAddsNothing(KillPoint point) throws Exception {
    try (ChildJvm first = killed.startStanding(point, point.latest(), Recovery.DEFAULT_LEASE_MS)) {
      assertTrue(first.awaitLine(StandStill.HERE));
      assertIsOvertaken(first);
    }
  }

  private void assertIsOvertaken(ChildJvm first) throws IOException, InterruptedException {
    first.stop();
    try (ChildJvm second = killed.start(KilledFolder.TAKE_OVER)) {
      second.awaitLines(SOME_LINES);
      first.tell();
      first.resume();
      assertNames(FencedException.class, first.awaitFailure());
      killed.letEnd();
      second.awaitEnd();
    }
    killed.assertEndedWell("overtaken");
  }

  @Test
  void oneThatIsKilledIsSucceededWhenItsLeaseIsOver() throws Exception {
    // It comes to no point that often.
    try (ChildJvm first = killed.startStanding(KillPoint.PLANNED, Integer.MAX_VALUE, LEASE_MS)) {
      first.awaitLines(SOME_LINES);
      try (ChildJvm second = killed.start()) {
        assertNames(FolderInUseException.class, second.awaitFailure());
      }
      first.awaitLines(SOME_LINES);
      first.kill();
    }
    killed.letEnd();
    while (!succeeds()) {
      // Only that the lease runs on is a reason to try again.
    }
    killed.assertEndedWell("succeeded");
  }

  private boolean succeeds() throws IOException, InterruptedException {
    try (ChildJvm next = killed.start()) {
      if (next.awaitLine(BEHIND)) {
        next.awaitEnd();
        return true;
      }
      assertNames(FolderInUseException.class, next.awaitFailure());
      return false;
    }
  }

  private static void assertNames(Class<? extends Exception> expected, String errors) {
    assertTrue(errors.contains(expected.getName()), errors);
  }
}
