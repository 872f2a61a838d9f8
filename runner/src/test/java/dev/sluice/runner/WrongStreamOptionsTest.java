package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.beam.sdk.PipelineRunner;
import org.junit.jupiter.api.Test;

/** Options of streams that cannot be used. */
class WrongStreamOptionsTest {

  @Test
  void areReportedTogether() {
    SluicePipelineOptions options =
        TestOptions.of(
            "--batchDurationMs=0", "--blockIntervalMs=0", "--maxRate=-1", "--maxBatchRecords=0");
    String message =
        assertThrows(IllegalArgumentException.class, () -> PipelineRunner.fromOptions(options))
            .getMessage();
    for (String problem :
        new String[] {
          "--batchDurationMs=0: must be at least 1",
          "--blockIntervalMs=0: must be at least 1",
          "--maxRate=-1: must be at least 0",
          "--maxBatchRecords=0: must be at least 1"
        }) {
      assertTrue(message.contains(problem), () -> problem + " is not in: " + message);
    }
  }
}
