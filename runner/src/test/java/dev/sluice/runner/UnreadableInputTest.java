package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not there, or not what they should be. */
class UnreadableInputTest {
  @TempDir private Path folder;

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("missing.txt");
    FailedRun run = reading(missing.toString());
    assertEquals(FileNotFoundException.class, run.cause().getClass());
    assertTrue(run.cause().getMessage().contains(missing.toString()), run.cause()::getMessage);
    run.assertNames("Lines/Read");
  }

  @Test
  void aPatternThatMatchesNothingIsNamed() {
    String pattern = folder.resolve("part-*").toString();
    FailedRun run = reading(pattern);
    assertEquals(FileNotFoundException.class, run.cause().getClass());
    assertTrue(run.cause().getMessage().contains(pattern), run.cause()::getMessage);
    run.assertNames("Lines/Read");
  }

  @Test
  void aDamagedFileFailsTheRead() throws IOException {
    // A gzip header, and nothing behind it that could be inflated.
    byte[] damaged = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1};
    Path file = Files.write(folder.resolve("text.gz"), damaged);
    FailedRun run = reading(file.toString());
    assertTrue(run.cause() instanceof IOException, () -> "the cause is " + run.cause());
    assertTrue(run.cause().getMessage().contains("Gzip"), run.cause()::getMessage);
    run.assertNames("Lines/Read");
  }

  private static FailedRun reading(String file) {
    Pipeline pipeline = Pipeline.create(TestOptions.of());
    pipeline.apply("Lines", TextIO.read().from(file));
    return FailedRun.of(pipeline);
  }
}
