package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Generated pipelines against the same computation on lists. Nothing is dropped in them, so neither
 * the way in which their input comes nor an option changes a result once its panes are merged: of
 * discarding panes all of them, of accumulating ones the last.
 *
 * <p>With {@code -Dsluice.seed=N} it is one pipeline, with {@code -Dsluice.seeds=M} as many.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GeneratedPipelinesTest {
  private static final int SEEDS = 40;

  static LongStream seeds() {
    return Seeds.of(SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givesTheSameHoweverItIsRun(long seed) {
    GeneratedPipeline pipeline = GeneratedPipeline.of(seed);
    Random random = pipeline.random();
    for (GeneratedInput input : GeneratedInput.values()) {
      assertGives(
          new GeneratedRun(
              pipeline,
              input,
              "--streaming=" + (input == GeneratedInput.BOUNDED_IN_A_STREAM),
              "--batchDurationMs=" + oneOf(random, 1, 10, 100),
              "--parallelism=" + oneOf(random, 1, 2, 7),
              "--maxBundleSize=" + oneOf(random, 0, 1, 3),
              "--stateStore=" + (seed % 2 == 0 ? "HEAP" : "DISK")));
    }
  }

  private static void assertGives(GeneratedRun run) {
    List<String> expected = run.expected();
    List<String> results;
    try {
      results = run.results();
    } catch (RuntimeException e) {
      throw new AssertionError("failed: " + run, e);
    }
    if (!results.equals(expected)) {
      GeneratedRun shrunk = run.shrunk();
      assertEquals(shrunk.expected(), shrunk.results(), () -> "of " + run + "\nin short " + shrunk);
      // It does not go wrong each time, or only when it is not shrunk.
      assertEquals(expected, results, run::toString);
    }
  }

  private static int oneOf(Random random, int... values) {
    return values[random.nextInt(values.length)];
  }
}
