package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is grouped on a short way comes to what Beam's own machine makes of it: the same values,
 * windows, times and panes, and as many elements dropped.
 *
 * <p>With {@code -Dsluice.seed=N} it is one grouping, with {@code -Dsluice.seeds=M} as many.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GroupedEitherWayTest {
  private static final int SEEDS = 60;

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
    GroupedEitherWay grouped = new GroupedEitherWay(seed);
    assertEquals(
        String.join("\n", grouped.run(false, streaming)),
        String.join("\n", grouped.run(true, streaming)));
  }
}
