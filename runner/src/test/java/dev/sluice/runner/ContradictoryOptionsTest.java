package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.beam.sdk.PipelineRunner;
import org.junit.jupiter.api.Test;

/** Options each of which could be used without the other. */
class ContradictoryOptionsTest {

  @Test
  void speculationNeedsASecondThread() {
    SluicePipelineOptions options = TestOptions.of("--speculation=true", "--parallelism=1");
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> PipelineRunner.fromOptions(options));
    String message = thrown.getMessage();
    assertTrue(message.contains("--speculation with --parallelism=1"), message);
    assertTrue(message.contains("raise --parallelism or drop --speculation"), message);
  }

  @Test
  void eachOfThemAloneCanBeUsed() {
    assertDoesNotThrow(
        () -> PipelineRunner.fromOptions(TestOptions.of("--speculation=true", "--parallelism=2")));
    assertDoesNotThrow(() -> PipelineRunner.fromOptions(TestOptions.of("--parallelism=1")));
  }
}
