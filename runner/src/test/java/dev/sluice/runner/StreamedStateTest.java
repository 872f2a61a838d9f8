package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state of a DoFn over many batches. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StreamedStateTest {
  private static final int ELEMENTS = 150;

  @ParameterizedTest
  @CsvSource({
    "--parallelism=1, --batchDurationMs=1",
    "--parallelism=2, --batchDurationMs=1",
    "--parallelism=7, --batchDurationMs=1",
    "--parallelism=1, --batchDurationMs=100",
    "--parallelism=2, --batchDurationMs=100",
    "--parallelism=7, --batchDurationMs=100",
    "--stateStore=DISK, --batchDurationMs=1",
    "--stateStore=DISK, --batchDurationMs=100",
    "--maxBundleSize=1, --batchDurationMs=1",
    "--maxBundleSize=1, --batchDurationMs=100",
  })
  void isKeptFromBatchToBatch(String option, String batch) {
    assertCounts(0, option, batch);
  }

  @Test
  void isAsIfAFailedAttemptHadNotBeen() {
    assertCounts(3, "--maxTaskAttempts=4", "--batchDurationMs=1");
  }

  @Test
  void isOnDiskAsIfAFailedAttemptHadNotBeen() {
    assertCounts(3, "--maxTaskAttempts=4", "--batchDurationMs=1", "--stateStore=DISK");
  }

  private static void assertCounts(int failures, String... options) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(options));
    Counts counts = new Counts(failures);
    Gathered<String> gathered = new Gathered<>();
    pipeline
        .apply("Numbers", Read.from(NumbersSource.ofSplits(2, ELEMENTS, new InBatches(30))))
        .apply("Keys", ParDo.of(new ByRest(3)))
        .apply("Counts", ParDo.of(counts))
        .apply("Gathered", gathered);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertTrue(counts.failing.isOver(), "a failure has not happened");
    // A million is no multiple of three, but each split has as many of each rest.
    assertEquals(
        LongStream.range(0, 3).boxed().flatMap(StreamedStateTest::counted).sorted().toList(),
        gathered.sorted());
  }

  private static java.util.stream.Stream<String> counted(long key) {
    List<Long> all = LongStream.rangeClosed(1, 2 * ELEMENTS / 3).boxed().toList();
    return all.stream().map(n -> key + "=" + n);
  }

  /** Outputs with each element how many the key has had. */
  private static final class Counts extends DoFn<KV<Long, Long>, String> {
    private static final long serialVersionUID = 1L;
    private final FailsOften failing;

    @StateId("count")
    private final StateSpec<ValueState<Long>> count = StateSpecs.value();

    Counts(int failures) {
      this.failing = new FailsOften(failures);
    }

    @ProcessElement
    public void process(
        @Element KV<Long, Long> pair,
        @StateId("count") ValueState<Long> state,
        OutputReceiver<String> out) {
      long before = state.read() == null ? 0 : state.read();
      state.write(before + 1);
      out.output(pair.getKey() + "=" + (before + 1));
      failing.at(pair.getValue(), 100);
    }
  }
}
