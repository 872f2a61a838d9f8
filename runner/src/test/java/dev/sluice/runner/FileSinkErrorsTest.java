package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.runner.files.FileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.CrashingRunner;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders that a {@link FileSink} cannot write to. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FileSinkErrorsTest {
  @TempDir Path folder;

  @Test
  void namesWhatIsNoFolderBeforeTheStart() throws IOException {
    String file = Files.createFile(folder.resolve("file")).toString();
    for (String location : List.of(file, file + "/below", "nobody://knows/it", "nobody:knows")) {
      Pipeline pipeline = pipeline(location);
      var e = assertThrows(IllegalArgumentException.class, pipeline::run);
      assertContains("cannot write files to '" + location + "'", e);
      assertContains("Give FileSink a folder", e);
      assertEquals(List.of(), PipelineThreads.workers(pipeline.getOptions().getJobName()));
    }
  }

  @Test
  void isForSluiceAlone() {
    Pipeline pipeline = pipeline(folder.toString());
    pipeline.getOptions().setRunner(CrashingRunner.class);
    var e = assertThrows(IllegalArgumentException.class, () -> pipeline.run(pipeline.getOptions()));
    assertContains("run by CrashingRunner: set --runner=SluiceRunner", e);
  }

  @Test
  void namesTheFileThatCannotBeMade() throws IOException {
    Files.createFile(folder.resolve("_attempts"));
    FailedRun run = FailedRun.of(pipeline(folder.toString()));
    assertInstanceOf(IOException.class, run.cause());
    assertContains("cannot write the file _attempts/", run.cause());
    assertContains("to " + folder, run.cause());
    assertContains("see that there is room", run.cause());
    run.assertNames("Sink/Write/ParMultiDo(WriteLines)");
  }

  private static Pipeline pipeline(String folder) {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=1"));
    pipeline.apply("Values", Create.of("a", "b")).apply("Sink", FileSink.to(folder));
    return pipeline;
  }

  private static void assertContains(String part, Throwable e) {
    assertTrue(e.getMessage().contains(part), e::getMessage);
  }
}
