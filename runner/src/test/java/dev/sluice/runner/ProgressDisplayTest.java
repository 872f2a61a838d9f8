package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.exec.JobProgress;
import dev.sluice.engine.exec.JobProgress.StageProgress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The line on the terminal. */
class ProgressDisplayTest {

  @Test
  void showsStagesTasksAndRecordsPerSecond() {
    JobProgress progress =
        new JobProgress(
            List.of(
                new StageProgress(0, "Read … Count", true, 4, 4, 0, 1, 1_000_000),
                new StageProgress(1, "Count … Write", false, 2, 1, 1, 0.5, 234_567)));
    assertEquals(
        "stages 1/2, 1,234,567 records, 50,000/s | Count … Write 1/2 50%",
        ProgressDisplay.line(progress, 50_000));
  }
}
