package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.batch.StateStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream gives the same with its state on disk, and leaves nothing there. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StateOnDiskTest {
  private static final int ELEMENTS = 300;
  private static final int KEYS = 7;

  @TempDir Path folder;

  /** Keeps elements, and gives them out at the end of their window. */
  static final class AtEnd extends DoFn<KV<Long, Long>, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    @StateId("elements")
    private final StateSpec<BagState<KV<Long, Long>>> elements = StateSpecs.bag();

    @TimerId("end")
    private final TimerSpec end = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @Element KV<Long, Long> element,
        BoundedWindow window,
        @StateId("elements") BagState<KV<Long, Long>> elements,
        @TimerId("end") Timer end) {
      elements.add(element);
      end.set(window.maxTimestamp());
    }

    @OnTimer("end")
    public void onEnd(
        @StateId("elements") BagState<KV<Long, Long>> elements,
        OutputReceiver<KV<Long, Long>> output) {
      elements.read().forEach(output::output);
      elements.clear();
    }
  }

  private List<String> run(StateStorage store) {
    Pipeline pipeline =
        Pipeline.create(
            TestOptions.of(
                "--stateStore=" + store, "--batchDurationMs=1", "--tempFolder=" + folder));
    PCollection<KV<Long, Long>> windowed =
        pipeline
            .apply("Numbers", Read.from(NumbersSource.of(ELEMENTS, new InBatches(30))))
            .apply("Keys", ParDo.of(new ByRest(KEYS)))
            .apply("Windows", Window.into(FixedWindows.of(Duration.millis(50))));
    Gathered<String> results = new Gathered<>();
    windowed
        .apply("At end", ParDo.of(new AtEnd()))
        .apply("Windowed again", Window.into(FixedWindows.of(Duration.millis(50))))
        .apply("Sum", Sum.longsPerKey())
        .apply("Text", ParDo.of(new Branches.ToText<>("sums")))
        .apply("Results", results);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    return results.sorted();
  }

  @Test
  void givesTheSameAndLeavesNothing() throws IOException {
    List<String> expected = run(StateStorage.HEAP);
    assertEquals(KEYS * (ELEMENTS / 50), expected.size());
    assertEquals(expected, run(StateStorage.DISK));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }
}
