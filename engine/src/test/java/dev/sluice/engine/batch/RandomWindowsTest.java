package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.plan.StagePlan;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums of windows, and of windows of these, against the same computation on maps. */
class RandomWindowsTest {
  private static final int SEEDS = 30;

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  private static RandomWindows.Outcome run(
      List<Script.Event> events, int parallelism, Random random) throws Exception {
    StagePlan plan = RandomWindows.plan(events, random);
    try (StreamBed bed = StreamBed.seeded(random.nextLong(), parallelism)) {
      bed.run(plan, StreamBed.drawn(random));
      assertEquals(List.of(), bed.log.all("large sums"), "late behind a hold");
      return RandomWindows.Outcome.of(
          bed.log.all("small"), bed.log.all("large"), bed.log.all("small sums"));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sumsDependOnElementsAndWatermarksOnly(long seed) throws Exception {
    Random random = new Random(seed);
    List<RandomWindows.Step> steps = RandomWindows.draw(random);
    RandomWindows.Outcome expected = RandomWindows.expected(steps);
    for (int parallelism : new int[] {1, 2, 7}) {
      List<Script.Event> events = RandomWindows.grouped(steps, random);
      assertEquals(
          expected,
          run(events, parallelism, random),
          () -> "seed " + seed + ", parallelism " + parallelism);
    }
  }
}
