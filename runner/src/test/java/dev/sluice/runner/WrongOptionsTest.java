package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options whose values cannot be used. */
class WrongOptionsTest {
  @TempDir private Path folder;

  @Test
  void areReportedTogether() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String message =
        refusal(
            "--parallelism=0",
            "--memoryFraction=1.5",
            "--maxBundleSize=-1",
            "--maxTaskAttempts=0",
            "--stuckTaskReportMs=-2",
            "--taskDeadlineMs=-3",
            "--tempFolder=" + file);
    for (String problem :
        new String[] {
          "--parallelism=0: must be at least 1",
          "--memoryFraction=1.5: must lie between 0 and 1",
          "--maxBundleSize=-1: must be at least 0",
          "--maxTaskAttempts=0: must be at least 1",
          "--stuckTaskReportMs=-2: must be at least 0",
          "--taskDeadlineMs=-3: must be at least 0",
          "--tempFolder=" + file + ": is not a folder"
        }) {
      assertTrue(message.contains(problem), () -> problem + " is not in: " + message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.1", "1", "NaN", "Infinity"})
  void haveAMemoryFractionThatIsNoFraction(String fraction) {
    assertTrue(refusal("--memoryFraction=" + fraction).contains("must lie between 0 and 1"));
  }

  @Test
  void areRefusedByTheTestRunnerToo() {
    assertTrue(refusal("--runner=TestSluiceRunner", "--parallelism=0").contains("--parallelism=0"));
  }

  @Test
  void keepAPipelineFromBeingMade() {
    SluicePipelineOptions options = TestOptions.of("--parallelism=0");
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> Pipeline.create(options));
    assertTrue(thrown.getMessage().contains("--parallelism=0"), thrown::getMessage);
  }

  @Test
  void doNotIncludeAFolderThatIsStillToBeMade() {
    Path missing = folder.resolve("not").resolve("yet");
    assertDoesNotThrow(() -> PipelineRunner.fromOptions(TestOptions.of("--tempFolder=" + missing)));
    assertFalse(Files.exists(folder.resolve("not")));
  }

  private static String refusal(String... args) {
    SluicePipelineOptions options = TestOptions.of(args);
    return assertThrows(IllegalArgumentException.class, () -> PipelineRunner.fromOptions(options))
        .getMessage();
  }
}
