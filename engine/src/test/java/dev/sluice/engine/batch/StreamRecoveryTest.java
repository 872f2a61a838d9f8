package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.checkpoint.HookedStore;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.storage.LocalStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that crash, and go on where their last checkpoint was. */
class StreamRecoveryTest {
  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.range(0, 3);
  }

  private record Case(StagePlan plan, RandomWindows.Outcome expected) {
    static Case of(long seed) {
      Random random = new Random(seed);
      List<RandomWindows.Step> steps = RandomWindows.draw(random);
      return new Case(
          RandomWindows.plan(RandomWindows.grouped(steps, random), random),
          RandomWindows.expected(steps));
    }
  }

  /** At every event of the engine, that is at every move of the ledger. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aCrashAtAnyMoveOfTheLedgerChangesNothing(long seed) throws Exception {
    Case example = Case.of(seed);
    int crashAt = 0;
    boolean crashed = true;
    while (crashed) {
      LocalStore store = new LocalStore(folder.resolve("at" + crashAt));
      Crashes crashes = new Crashes(example.plan(), new Random(seed));
      crashed = !crashes.run(store, crashAt);
      if (crashed) {
        assertTrue(crashes.run(store, -1));
      }
      assertEquals(example.expected(), crashes.outcome(), "seed " + seed + ", crash at " + crashAt);
      crashAt += 1 + crashAt / 10;
    }
    assertTrue(crashAt > 60, "events: " + crashAt);
  }

  /** Again and again, each time after a few more events. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void manyCrashesChangeNothing(long seed) throws Exception {
    Case example = Case.of(seed);
    LocalStore store = new LocalStore(folder);
    Random random = new Random(seed);
    Crashes crashes = new Crashes(example.plan(), random);
    int after = 20;
    while (!crashes.run(store, random.nextInt(after))) {
      after += 5;
    }
    assertTrue(crashes.runs() > 3, "runs: " + crashes.runs());
    assertEquals(example.expected(), crashes.outcome(), "seed " + seed);
  }

  /** The store fails at every operation, before and after having done it. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aStoreThatFailsAtAnyOperationLosesNothing(long seed) throws Exception {
    Case example = Case.of(seed);
    for (boolean afterwards : new boolean[] {false, true}) {
      int failAt = 0;
      boolean failed = true;
      while (failed) {
        LocalStore store = new LocalStore(folder.resolve(afterwards + "-" + failAt));
        Crashes crashes = new Crashes(example.plan(), new Random(seed));
        failed = !crashes.run(new HookedStore(store, new FailingDisk(failAt, afterwards)), -1);
        if (failed) {
          assertTrue(crashes.run(store, -1));
        }
        assertEquals(
            example.expected(),
            crashes.outcome(),
            "seed " + seed + ", operation " + failAt + (afterwards ? ", done" : ""));
        failAt += 1 + failAt / 20;
      }
      assertTrue(failAt > 10, "operations: " + failAt);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aStreamThatIsAtItsEndEndsAtOnce(long seed) throws Exception {
    Case example = Case.of(seed);
    LocalStore store = new LocalStore(folder);
    Crashes crashes = new Crashes(example.plan(), new Random(seed));
    assertTrue(crashes.run(store, -1));
    assertTrue(crashes.run(store, -1));
    assertEquals(example.expected(), crashes.outcome(), "seed " + seed);
    assertFalse(crashes.events() > 20, "events of the second run: " + crashes.events());
  }
}
