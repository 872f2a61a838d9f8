package dev.sluice.engine.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** What options are accepted. */
class ReceiverOptionsTest {
  @Test
  void namesAllProblemsAtOnce() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new ReceiverOptions(0, -1, 0, -2, -3));
    assertEquals(
        "ReceiverOptions: blockIntervalMs is 0: at least 1; maxRate is -1: 0 for none, or more;"
            + " queuedBlocks is 0: at least 1; restartDelayMs is -2: 0 or more;"
            + " maxRestartDelayMs is -3: at least restartDelayMs, which is -2",
        e.getMessage());
  }

  @Test
  void hasDefaultsThatCanBeChangedOneByOne() {
    assertEquals(new ReceiverOptions(200, 0, 10, 2_000, 60_000), ReceiverOptions.DEFAULTS);
    assertEquals(
        new ReceiverOptions(1, 2, 3, 4, 5),
        ReceiverOptions.DEFAULTS
            .withBlockIntervalMs(1)
            .withMaxRate(2)
            .withQueuedBlocks(3)
            .withRestartDelaysMs(4, 5));
  }
}
