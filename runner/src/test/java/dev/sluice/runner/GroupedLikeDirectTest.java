package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is grouped comes to what Beam's own runner makes of it, which gives its machine for panes
 * each element alone: the same values, windows, times and panes, and as many elements dropped.
 *
 * <p>With {@code -Dsluice.seed=N} it is one grouping, with {@code -Dsluice.seeds=M} as many.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GroupedLikeDirectTest {
  private static final int SEEDS = 100;

  static LongStream seeds() {
    return Seeds.of(SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givesTheSameInAStream(long seed) {
    assertSame(seed, true);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givesTheSameOfABoundedInput(long seed) {
    assertSame(seed, false);
  }

  private static void assertSame(long seed, boolean streaming) {
    GroupedLikeDirect grouped = new GroupedLikeDirect(seed);
    PipelineOptions direct =
        PipelineOptionsFactory.fromArgs("--runner=DirectRunner", "--targetParallelism=1").create();
    // The seed says where state is, too.
    String store = "--stateStore=" + (seed % 2 == 0 ? "HEAP" : "DISK");
    assertEquals(
        String.join("\n", grouped.run(direct, streaming)),
        String.join(
            "\n", grouped.run(TestOptions.of("--streaming=" + streaming, store), streaming)));
  }
}
