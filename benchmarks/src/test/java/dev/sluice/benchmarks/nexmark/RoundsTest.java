package dev.sluice.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {
  @Test
  void isWarmBehindEnoughRoundsAndSeconds() {
    Rounds rounds = new Rounds(10, 3);

    assertFalse(rounds.isWarm(20, 9), "of many short rounds");
    assertFalse(rounds.isWarm(4, 29), "of few long rounds");
    assertTrue(rounds.isWarm(5, 10));
    assertTrue(rounds.isWarm(1, 30), "of one very long round");
  }

  @Test
  void timesWarmRoundsBehindColdOnes() throws Exception {
    List<Boolean> ran = new ArrayList<>();
    Rounds.Round round =
        warm -> {
          ran.add(warm);
          return new Report.Timed(warm, 1, 2, 0);
        };
    Rounds rounds = new Rounds(10, 2);

    rounds.warmUp(round);
    rounds.time(round);

    assertEquals(List.of(false, false, false, false, false, true, true), ran);
  }

  @Test
  void runsNoColdRoundsWithoutTimeToWarmUp() {
    assertTrue(new Rounds(0, 1).isWarm(0, 0));
  }
}
