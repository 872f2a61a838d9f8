package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements in the order of time some of whose times lie behind the end of their window. */
class SortedBehindWindowTest {

  /** Moves the time of each element by a thousand times its value. */
  private static final class Moved extends DoFn<KV<Long, Long>, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Long, Long> pair,
        @Timestamp Instant time,
        OutputReceiver<KV<Long, Long>> output) {
      output.outputWithTimestamp(pair, time.plus(Duration.millis(1000 * pair.getValue())));
    }
  }

  private static final class Ordered extends DoFn<KV<Long, Long>, String> {
    private static final long serialVersionUID = 1L;

    @StateId("place")
    private final StateSpec<ValueState<Long>> spec = StateSpecs.value(VarLongCoder.of());

    @RequiresTimeSortedInput
    @ProcessElement
    public void process(
        @Element KV<Long, Long> pair,
        @StateId("place") ValueState<Long> place,
        OutputReceiver<String> output) {
      long before = place.read() == null ? 0 : place.read();
      place.write(before + 1);
      output.output(before + ": " + pair.getValue());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--streaming=false", "--streaming=true"})
  void areNotLost(String option) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(option));
    Gathered<String> ordered = new Gathered<>();
    pipeline
        .apply("Numbers", Create.timestamped(at(3), at(0), at(2), at(1)))
        .apply("Keys", ParDo.of(new ByRest(1)))
        .apply("Windows", Window.into(FixedWindows.of(Duration.millis(10))))
        .apply("Moved", ParDo.of(new Moved()))
        .apply("Ordered", ParDo.of(new Ordered()))
        .apply("Gathered", ordered);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(List.of("0: 0", "1: 1", "2: 2", "3: 3"), ordered.sorted());
  }

  private static TimestampedValue<Long> at(long value) {
    return TimestampedValue.of(value, Instant.ofEpochMilli(1));
  }
}
