package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.translation.UnsupportedPipelineException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A DoFn with state has it for a key and window, and sessions do not know theirs. */
class StateInMergingWindowsTest {

  private static PCollection<KV<Long, Long>> sessions(Pipeline pipeline) {
    return pipeline
        .apply("Numbers", Create.of(1L, 2L, 3L))
        .apply("Keys", ParDo.of(new ByRest(1)))
        .apply("Sessions", Window.into(Sessions.withGapDuration(Duration.standardMinutes(1))));
  }

  private static final class Count<T> extends DoFn<KV<Long, T>, Long> {
    private static final long serialVersionUID = 1L;

    @StateId("count")
    private final StateSpec<ValueState<Long>> spec = StateSpecs.value(VarLongCoder.of());

    @ProcessElement
    public void process(@StateId("count") ValueState<Long> count, OutputReceiver<Long> output) {
      Long before = count.read();
      count.write(before == null ? 1 : before + 1);
      output.output(count.read());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--streaming=false", "--streaming=true"})
  void isRefused(String option) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(option));
    sessions(pipeline).apply("Count", ParDo.of(new Count<>()));

    String message = assertThrows(UnsupportedPipelineException.class, pipeline::run).getMessage();

    assertTrue(message.contains("Count/ParMultiDo(Count): a DoFn with state or timers"), message);
    assertTrue(message.contains("group by key first"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--streaming=false", "--streaming=true"})
  void isAllowedBehindAGroupByKey(String option) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(option));
    Gathered<Long> counts = new Gathered<>();
    sessions(pipeline)
        .apply("Group", GroupByKey.create())
        .apply("Count", ParDo.of(new Count<>()))
        .apply("Gathered", counts);

    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(List.of(1L), counts.elements());
  }
}
