package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that gives the same record more than once, and says so. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RepeatedRecordsTest {
  private static final int IDS = 15;

  @ParameterizedTest
  @ValueSource(strings = {"--parallelism=1", "--parallelism=7", "--maxBundleSize=1"})
  void areReadOnceWithinABatchAndAcrossBatches(String option) {
    Gathered<Long> gathered = run(NumbersSource.of(60, new Repeating()), option);
    assertEquals(LongStream.range(0, IDS).boxed().toList(), gathered.sorted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--parallelism=1", "--parallelism=7"})
  void areReadOnceAcrossSplits(String option) {
    Gathered<Long> gathered = run(NumbersSource.ofSplits(3, 30, new Repeating()), option);
    assertEquals(
        LongStream.range(0, IDS).boxed().toList(),
        gathered.elements().stream().map(n -> n % 1_000_000 % IDS).sorted().toList());
  }

  private static Gathered<Long> run(NumbersSource source, String option) {
    Gathered<Long> gathered = new Gathered<>();
    Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=5", option));
    pipeline.apply("Numbers", Read.from(source)).apply("Gathered", gathered);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    return gathered;
  }

  /** Ten records a batch, of which every fifteenth has the same id. */
  private static final class Repeating extends InBatches {
    private static final long serialVersionUID = 1L;

    Repeating() {
      super(10);
    }

    @Override
    Long id(long number) {
      return number % IDS;
    }
  }
}
