package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source of several splits that has much more than a batch takes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BacklogTest {
  private static final int ELEMENTS = 5_000;
  private static final int FAILING = ELEMENTS - 1;

  private final NumbersSource source = NumbersSource.ofSplits(3, ELEMENTS, new Counting());
  private final Gathered<Long> gathered = new Gathered<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--maxBatchRecords=1",
        "--maxBatchRecords=1000",
        "--blockIntervalMs=1",
        "--backpressure=true",
        "--memoryFraction=0.0001"
      })
  void isReadToItsEnd(String option) {
    PipelineResult result = run(new PassesOn(0, FAILING), "--batchDurationMs=10", option);
    assertEquals(source.numbers(), gathered.sorted());
    assertEquals(3 * ELEMENTS, TestCounter.committed(result));
  }

  @Test
  void isCountedOnceByItsReadersIfABundleIsRetried() {
    PassesOn failing = new PassesOn(2, FAILING);
    PipelineResult result = run(failing, "--maxTaskAttempts=4");
    assertTrue(failing.isOver());
    assertEquals(source.numbers(), gathered.sorted());
    assertEquals(3 * ELEMENTS, TestCounter.committed(result));
  }

  private PipelineResult run(PassesOn fn, String... options) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(options));
    pipeline
        .apply("Numbers", Read.from(source))
        .apply("Passes on", ParDo.of(fn))
        .apply("Gathered", gathered);
    PipelineResult result = pipeline.run();
    assertEquals(State.DONE, result.waitUntilFinish());
    return result;
  }

  /** Counts records in the reader. */
  private static final class Counting extends NumbersSource.Conduct {
    private static final long serialVersionUID = 1L;

    @Override
    void reading(int split, long next) throws IOException {
      TestCounter.counter().inc();
    }
  }
}
