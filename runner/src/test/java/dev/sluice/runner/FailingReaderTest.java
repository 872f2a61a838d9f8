package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader of an unbounded source that throws. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FailingReaderTest {
  private static final long FAILING = 25;

  /** With small batches it is read by their tasks. */
  @ParameterizedTest
  @ValueSource(strings = {"--maxBatchRecords=50000", "--maxBatchRecords=5"})
  void isOpenedAgainAtTheLastMarkThatWasStored(String batch) {
    FailsOnce conduct = new FailsOnce();
    NumbersSource source = NumbersSource.of(50, conduct);
    Gathered<Long> gathered = new Gathered<>();
    Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=5", batch));
    pipeline.apply("Numbers", Read.from(source)).apply("Gathered", gathered);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(source.numbers(), gathered.sorted());
    List<Long> opened = conduct.opened.get();
    assertEquals(2, opened.size(), () -> "opened from " + opened);
    assertEquals(-1, opened.get(0));
    assertTrue(opened.get(1) >= 20 && opened.get(1) <= FAILING, () -> "opened from " + opened);
  }

  @Test
  void failsThePipelineInTheEnd() {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=2"));
    pipeline
        .apply("Numbers", Read.from(NumbersSource.of(50, new FailsAlways())))
        .apply("Gathered", new Gathered<>());
    FailedRun run = FailedRun.of(pipeline);
    run.assertCause(IOException.class, "fails on purpose at 0");
    run.assertNames("Numbers");
  }

  /** Stands for a reader that is opened without a mark, since null is not allowed in lists. */
  private static final long BEGINNING = -1;

  private static final class FailsOnce extends InBatches {
    private static final long serialVersionUID = 1L;
    private final Shared<List<Long>> opened = Shared.of(new CopyOnWriteArrayList<>());
    private final Flag failed = new Flag();

    FailsOnce() {
      super(10);
    }

    @Override
    void opened(Long from) {
      opened.get().add(from == null ? BEGINNING : from);
    }

    @Override
    void reading(int split, long next) throws IOException {
      if (next == FAILING && failed.raiseFirst()) {
        throw new IOException("fails on purpose at " + next);
      }
    }
  }

  private static final class FailsAlways extends NumbersSource.Conduct {
    private static final long serialVersionUID = 1L;

    @Override
    void reading(int split, long next) throws IOException {
      throw new IOException("fails on purpose at " + next);
    }
  }
}
