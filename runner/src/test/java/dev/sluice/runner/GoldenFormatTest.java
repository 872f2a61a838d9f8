package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.checkpoint.UnknownFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checkpoint folders of earlier versions can be gone on from. They are in {@code golden}, one for
 * each format, and are never written again: a new format gets a folder of its own.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GoldenFormatTest {
  private static final String WRITE = "sluice.golden";
  private static final int LATEST = 1;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {LATEST})
  void goesOnAsIfNothingHadBeen(int format) throws Exception {
    GoldenFolder golden = GoldenFolder.copy(format, folder.resolve("golden"));
    GoldenPipeline resumed = GoldenPipeline.whole(golden.folder());
    PipelineResult result = resumed.pipeline.run();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(GoldenPipeline.HALF, resumed.source.from());
    assertEquals(GoldenPipeline.COUNT, TestCounter.committed(result));
    GoldenPipeline anew = GoldenPipeline.whole(folder.resolve("new"));
    assertEquals(State.DONE, anew.pipeline.run().waitUntilFinish());
    assertFalse(anew.results.elements().isEmpty());
    assertEquals(anew.results.sorted(), resumed.results.sorted());
  }

  @ParameterizedTest
  @ValueSource(ints = {LATEST})
  void hasChangesBehindAFullCheckpoint(int format) throws Exception {
    assertHasChanges(GoldenFolder.copy(format, folder));
  }

  private static void assertHasChanges(GoldenFolder golden) throws Exception {
    List<Path> checkpoints = golden.checkpoints();
    assertTrue(checkpoints.get(0).toString().endsWith("-full"), checkpoints::toString);
    assertTrue(checkpoints.size() > 2, checkpoints::toString);
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "1, 4", "7, 1"})
  void isRefusedIfItIsOfALaterFormat(int format, long features) throws Exception {
    GoldenFolder golden = GoldenFolder.copy(LATEST, folder);
    golden.raise(format, features);
    FailedRun run = FailedRun.of(GoldenPipeline.whole(golden.folder()).pipeline);
    assertInstanceOf(UnknownFormatException.class, run.cause());
    String message = run.cause().getMessage();
    String said = "has format " + format + " and features " + features + ", this program reads";
    assertTrue(message.contains(said), message);
    assertTrue(message.contains("checkpoints/"), message);
    assertTrue(message.contains("use the version of Sluice that wrote it"), message);
  }

  /** Not a test: how a folder is made, once for each format. */
  @Test
  @EnabledIfSystemProperty(named = WRITE, matches = ".+")
  void writeAFolder() throws Exception {
    Path written = Path.of(System.getProperty(WRITE));
    assertFalse(Files.exists(written), () -> written + " is there, and is never written again");
    Latch durable = new Latch(1);
    PipelineResult result = GoldenPipeline.half(written, durable).pipeline.run();
    durable.await();
    assertEquals(State.CANCELLED, result.cancel());
    assertHasChanges(new GoldenFolder(written));
  }
}
