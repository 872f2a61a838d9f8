package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.runner.files.FileSink;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.ToString;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pipeline that writes files, and does not know yet that another one has taken its checkpoint
 * folder. {@code -Dsluice.seed=N} says when that is.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FileSinkTakenOverTest {
  private static final int SPLITS = 3;
  private static final int COUNT = 60;

  @TempDir Path folder;

  /** Opens a latch at a record, and never ends. */
  private static final class Endless extends InBatches {
    private static final long serialVersionUID = 1L;
    private final Latch read = new Latch(1);
    private final long at;

    Endless(int size, long at) {
      super(size);
      this.at = at;
    }

    @Override
    boolean gives(int split, long next) {
      return next < COUNT - 1 && super.gives(split, next);
    }

    @Override
    void reading(int split, long next) {
      if (next == at) {
        read.open();
      }
    }
  }

  @RepeatedTest(3)
  void neitherLosesNorRepeatsALine() throws Exception {
    long seed = Long.getLong("sluice.seed", System.nanoTime() % 1_000_000);
    System.out.println("-Dsluice.seed=" + seed);
    Random random = Seeds.random(seed);
    Endless conduct = new Endless(random.nextInt(1, 10), random.nextInt(COUNT - 1));
    SluicePipelineResult first = run(conduct);
    conduct.read.await();
    assertEquals(State.DONE, run(new InBatches(random.nextInt(1, 10))).waitUntilFinish());
    // It may have ended by itself, since it has lost its folder.
    first.cancel();
    SinkFiles files = new SinkFiles(folder.resolve("out"));
    assertEquals(
        NumbersSource.ofSplits(SPLITS, COUNT, conduct).numbers().stream()
            .map(n -> "" + n)
            .sorted()
            .toList(),
        files.lines().stream().sorted().toList(),
        () -> "seed " + seed);
  }

  private SluicePipelineResult run(NumbersSource.Conduct conduct) {
    Pipeline pipeline =
        Pipeline.create(
            TestOptions.of(
                "--batchDurationMs=1",
                "--maxBundleSize=3",
                "--checkpointIntervalMs=1",
                "--checkpointTakeOver=true",
                "--checkpointDir=" + folder.resolve("checkpoints")));
    pipeline
        .apply("Numbers", Read.from(NumbersSource.ofSplits(SPLITS, COUNT, conduct)))
        .apply("Lines", ToString.elements())
        .apply("Write", FileSink.to(folder.resolve("out").toString()));
    return (SluicePipelineResult) pipeline.run();
  }
}
