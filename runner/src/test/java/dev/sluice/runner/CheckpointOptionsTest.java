package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.checkpoint.FencedException;
import dev.sluice.engine.checkpoint.FolderInUseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.CheckpointMark;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoint folders that cannot be used, or that several pipelines want. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CheckpointOptionsTest {

  @TempDir Path folder;

  @Test
  void refuseABoundedPipeline() {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--checkpointDir=" + folder));
    pipeline.apply("Numbers", Create.of(1, 2, 3));
    assertRefused(pipeline, "--checkpointDir=" + folder + ": the pipeline is bounded");
  }

  @Test
  void refuseAFileInPlaceOfAFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    for (String location : List.of(file.toString(), file + "/below", file.toUri().toString())) {
      String option = "--checkpointDir=" + location;
      assertRefused(numbers(new Endless(), option), option + ": " + location(location));
    }
  }

  private static String location(String location) {
    return location.startsWith("file:") ? location.substring("file://".length()) : location;
  }

  @Test
  void refuseASchemeThatNobodyKnows() {
    assertRefused(
        numbers(new Endless(), "--checkpointDir=nobody://knows/it"),
        "--checkpointDir=nobody://knows/it: ");
    assertRefused(numbers(new Endless(), "--checkpointDir=nobody:knows"), "--checkpointDir=nobody");
  }

  @Test
  void refuseNoTimeBetweenCheckpoints() {
    SluicePipelineOptions options =
        TestOptions.of("--checkpointDir=" + folder, "--checkpointIntervalMs=0");
    String message =
        assertThrows(IllegalArgumentException.class, () -> PipelineRunner.fromOptions(options))
            .getMessage();
    assertTrue(message.contains("--checkpointIntervalMs=0: must be at least 1"), message);
  }

  @Test
  void refuseASourceWhoseMarksCannotBeWritten() {
    Pipeline pipeline = Pipeline.create(options());
    pipeline.apply("Unmarked", Read.from(new Unmarked()));
    FailedRun run = FailedRun.of(pipeline);
    run.assertNames("Unmarked");
    assertTrue(run.cause().getMessage().contains("checkpoint folder"), run.cause()::getMessage);
  }

  @Test
  void refuseAFolderThatIsInUse() throws Exception {
    Latch read = new Latch(1);
    var first = numbers(new Endless(read), options()).run();
    read.await();
    FailedRun second = FailedRun.of(numbers(new Endless(), options()));
    assertInstanceOf(FolderInUseException.class, second.cause());
    assertEquals(State.RUNNING, first.getState());
    assertEquals(State.CANCELLED, first.cancel());
    // It was given up.
    Latch readAgain = new Latch(1);
    var third = numbers(new Endless(readAgain), options()).run();
    readAgain.await();
    assertEquals(State.CANCELLED, third.cancel());
  }

  @Test
  void takeAFolderFromAnotherPipeline() throws Exception {
    Latch read = new Latch(1);
    var first = numbers(new Endless(read), options()).run();
    read.await();
    Latch readAgain = new Latch(1);
    var second = numbers(new Endless(readAgain), options("--checkpointTakeOver=true")).run();
    readAgain.await();
    var failure = assertThrows(PipelineExecutionException.class, first::waitUntilFinish);
    assertInstanceOf(FencedException.class, failure.getCause());
    assertEquals(State.FAILED, first.getState());
    assertEquals(State.RUNNING, second.getState());
    assertEquals(State.CANCELLED, second.cancel());
  }

  private static void assertRefused(Pipeline pipeline, String problem) {
    String message = assertThrows(IllegalArgumentException.class, pipeline::run).getMessage();
    assertTrue(message.contains(problem), () -> problem + " is not in: " + message);
    assertEquals(List.of(), PipelineThreads.workers(pipeline.getOptions().getJobName()));
  }

  private SluicePipelineOptions options(String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "--checkpointDir=" + folder.resolve("used");
    all[1] = "--checkpointIntervalMs=5";
    all[2] = "--batchDurationMs=5";
    all[3] = "--maxRate=200";
    System.arraycopy(more, 0, all, 4, more.length);
    return TestOptions.of(all);
  }

  private static Pipeline numbers(Endless conduct, String... options) {
    return numbers(conduct, TestOptions.of(options));
  }

  private static Pipeline numbers(Endless conduct, SluicePipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("Numbers", Read.from(NumbersSource.of(Long.MAX_VALUE, conduct)));
    return pipeline;
  }

  /** Opens a latch when something is read. */
  private static final class Endless extends NumbersSource.Conduct {
    private static final long serialVersionUID = 1L;
    private final Latch read;

    Endless() {
      this(new Latch(1));
    }

    Endless(Latch read) {
      this.read = read;
    }

    @Override
    void reading(int split, long next) {
      read.open();
    }
  }

  /** A source without a coder for its marks. */
  private static final class Unmarked extends UnboundedSource<Long, CheckpointMark> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<Unmarked> split(int desired, PipelineOptions options) {
      return List.of(this);
    }

    @Override
    public UnboundedReader<Long> createReader(PipelineOptions options, CheckpointMark mark) {
      throw new IllegalStateException("is not to be read");
    }

    @Override
    public Coder<CheckpointMark> getCheckpointMarkCoder() {
      return null;
    }

    @Override
    public Coder<Long> getOutputCoder() {
      return VarLongCoder.of();
    }
  }
}
