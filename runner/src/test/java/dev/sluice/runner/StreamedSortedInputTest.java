package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
import org.joda.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A DoFn that wants its input in the order of time, from a source that has it in another. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StreamedSortedInputTest {
  private static final int ELEMENTS = 120;
  private static final int TURNED = 40;

  @ParameterizedTest
  @ValueSource(strings = {"--parallelism=1", "--parallelism=7", "--maxBundleSize=1"})
  void comesInOrderAcrossBatches(String option) {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=5", option));
    Sorted sorted = new Sorted();
    pipeline
        .apply("Numbers", Read.from(NumbersSource.of(ELEMENTS, new Backwards())))
        .apply("Keys", ParDo.of(new ByRest(3)))
        .apply("Sorted", ParDo.of(sorted));
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    List<KV<Long, Long>> times = sorted.times.get();
    assertEquals(
        LongStream.range(0, ELEMENTS).boxed().toList(),
        times.stream().map(KV::getValue).sorted().toList());
    for (long key = 0; key < 3; key++) {
      long only = key;
      List<Long> ofKey =
          times.stream().filter(pair -> pair.getKey() == only).map(KV::getValue).toList();
      assertEquals(ofKey.stream().sorted().toList(), ofKey);
    }
  }

  /** Forty records run backwards in time, then the next forty, in batches of ten. */
  private static final class Backwards extends InBatches {
    private static final long serialVersionUID = 1L;

    Backwards() {
      super(10);
    }

    @Override
    Instant time(long number) {
      return Instant.ofEpochMilli(number / TURNED * TURNED + TURNED - 1 - number % TURNED);
    }

    @Override
    Instant watermark(int split, long next, boolean last) {
      return last
          ? super.watermark(split, next, true)
          : Instant.ofEpochMilli(next / TURNED * TURNED);
    }
  }

  private static final class Sorted extends DoFn<KV<Long, Long>, Void> {
    private static final long serialVersionUID = 1L;
    private final Shared<List<KV<Long, Long>>> times = Shared.of(new CopyOnWriteArrayList<>());

    @StateId("last")
    private final StateSpec<ValueState<Long>> last = StateSpecs.value();

    @RequiresTimeSortedInput
    @ProcessElement
    public void process(
        @Element KV<Long, Long> pair,
        @Timestamp Instant time,
        @StateId("last") ValueState<Long> state) {
      state.write(time.getMillis());
      times.get().add(KV.of(pair.getKey(), time.getMillis()));
    }
  }
}
