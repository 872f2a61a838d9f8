package dev.sluice.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class SamplesTest {
  private static final double ROUNDING = 1e-9;

  @Test
  void isWarmWhenTheColdRoundsOfAProcessAreOver() {
    Samples samples = new Samples(List.of(Given.process(100), Given.process(300)));

    assertEquals(200, samples.warm().getAsDouble(), ROUNDING);
    assertEquals(20, samples.cold().getAsDouble(), ROUNDING);
    assertTrue(samples.failures().isEmpty());
  }

  @Test
  void countsTheRoundsOfAProcessThatWasEnded() {
    Samples once = new Samples(List.of(Given.ended(1, 0, "stopped after 9 s")));
    Samples warm = new Samples(List.of(Given.ended(5, 1, "stopped after 9 s")));

    assertEquals(OptionalDouble.empty(), once.warm());
    assertEquals(1, once.cold().getAsDouble(), ROUNDING);
    assertEquals(1, warm.warm().getAsDouble(), ROUNDING);
    assertEquals(List.of("stopped after 9 s, timed rounds until then: 1"), once.failures());
  }

  @Test
  void hasNoFiguresOfNothing() {
    assertEquals(OptionalDouble.empty(), Samples.NONE.warm());
    assertEquals(OptionalDouble.empty(), Samples.NONE.cold());
  }
}
