package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.runner.GeneratedCrashes.Crash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated pipelines that crash again and again, and are started again with their checkpoint
 * folder and other options until they end, against the same computation on lists.
 *
 * <p>With {@code -Dsluice.seed=N} it is one pipeline, with {@code -Dsluice.seeds=M} as many.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GeneratedRecoveryTest {
  private static final List<GeneratedInput> INPUTS =
      List.of(GeneratedInput.UNBOUNDED, GeneratedInput.SCRIPTED);

  @TempDir Path folder;

  static LongStream seeds() {
    return GeneratedPipelinesTest.seeds();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givesTheSameAfterCrashes(long seed) {
    for (GeneratedInput input : INPUTS) {
      assertGives(GeneratedPipeline.of(seed), input);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void givesNothingMoreOnceItHasEnded(long seed) {
    GeneratedPipeline pipeline = GeneratedPipeline.of(seed);
    for (GeneratedInput input : INPUTS) {
      GeneratedRun run =
          new GeneratedRun(
              pipeline,
              input,
              "--checkpointDir=" + folder.resolve(input.name()),
              "--checkpointIntervalMs=1",
              "--batchDurationMs=1");
      assertEquals(run.expected(), run.results(), run::toString);
      assertEquals(List.of(), run.results(), run::toString);
    }
  }

  private void assertGives(GeneratedPipeline pipeline, GeneratedInput input) {
    Random random = Seeds.random(pipeline.seed() * 37 + INPUTS.indexOf(input));
    GeneratedCrashes crashes = GeneratedCrashes.draw(pipeline, random);
    List<String> runs = new ArrayList<>();
    while (true) {
      GeneratedRun run =
          new GeneratedRun(
              pipeline,
              input,
              "--checkpointDir=" + folder.resolve(input.name()),
              "--checkpointIntervalMs=1",
              "--maxTaskAttempts=1",
              "--batchDurationMs=" + oneOf(random, 1, 10, 30),
              "--parallelism=" + oneOf(random, 1, 2, 7),
              "--maxBundleSize=" + oneOf(random, 0, 1, 3),
              "--stateStore=" + (random.nextBoolean() ? "HEAP" : "DISK"));
      runs.add(String.join(" ", run.options()));
      try {
        List<String> results = run.results(events -> crashes.apply(pipeline, events));
        assertEquals(run.expected(), results, () -> input + " " + runs + crashes + pipeline);
        return;
      } catch (PipelineExecutionException e) {
        if (!(e.getCause() instanceof Crash)) {
          throw new AssertionError("failed: " + input + " " + runs + crashes + pipeline, e);
        }
      }
    }
  }

  private static int oneOf(Random random, int... values) {
    return values[random.nextInt(values.length)];
  }
}
