package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.PipelineRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary folders that cannot be used. */
class TempFolderTest {
  @TempDir private Path folder;

  @Test
  void isRefusedBelowAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    SluicePipelineOptions options = TestOptions.of("--tempFolder=" + file.resolve("sub"));
    assertThrows(IllegalArgumentException.class, () -> PipelineRunner.fromOptions(options));
  }
}
