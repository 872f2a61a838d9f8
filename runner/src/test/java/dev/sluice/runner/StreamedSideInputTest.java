package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Side inputs of a stream, step by step. Two streams take turns; where one has nothing to do its
 * clock moves, which concerns nobody here.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StreamedSideInputTest {
  private static final Duration NOTHING = Duration.millis(1);

  private final Shared<List<String>> seen = Shared.of(new CopyOnWriteArrayList<>());

  @ParameterizedTest
  @ValueSource(strings = {"--parallelism=1", "--parallelism=7"})
  void areWaitedForInOrder(String option) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(option));
    PCollection<Long> side =
        pipeline.apply(
            "Side",
            stream()
                .advanceProcessingTime(NOTHING)
                .advanceProcessingTime(NOTHING)
                .addElements(at(12, 7), at(2, 5))
                .advanceWatermarkTo(Instant.ofEpochMilli(11))
                .advanceProcessingTime(NOTHING)
                .advanceWatermarkToInfinity());
    PCollection<Long> main =
        pipeline.apply(
            "Main",
            stream()
                .addElements(at(11, 101), at(1, 1), at(3, 2))
                .addElements(at(2, 3), at(12, 102))
                .advanceProcessingTime(NOTHING)
                .advanceProcessingTime(NOTHING)
                .addElements(at(4, 4), at(13, 103))
                .advanceWatermarkToInfinity());
    PCollectionView<Iterable<Long>> view =
        side.apply("Side windows", tens()).apply("View", View.asIterable());
    main.apply("Main windows", tens())
        .apply("Looks", ParDo.of(new LooksAtAll(view, seen)).withSideInputs(view));
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(
        List.of("1 [5]", "2 [5]", "3 [5]", "4 [5]", "101 [7]", "102 [7]", "103 [7]"), seen.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--parallelism=1", "--parallelism=7"})
  void areOfTheWindowThatTheViewHas(String option) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(option));
    PCollection<Long> side =
        pipeline.apply(
            "Side",
            stream().addElements(at(2, 1), at(12, 2), at(22, 4)).advanceWatermarkToInfinity());
    PCollection<Long> main =
        pipeline.apply(
            "Main",
            stream()
                .addElements(at(5, 5), at(15, 15), at(25, 25), at(45, 45))
                .advanceWatermarkToInfinity());
    PCollectionView<Long> view =
        side.apply("Side windows", Window.into(FixedWindows.of(Duration.millis(20))))
            .apply("View", Combine.globally(Sum.ofLongs()).asSingletonView());
    main.apply("Main windows", tens())
        .apply("Looks", ParDo.of(new LooksAtOne(view, seen)).withSideInputs(view));
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(List.of("15 3", "25 4", "45 0", "5 3"), seen.get().stream().sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--parallelism=1", "--parallelism=7"})
  void areTheLatestPane(String option) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(option));
    PCollection<Long> side =
        pipeline.apply(
            "Side",
            stream()
                .addElements(at(1, 10))
                .advanceProcessingTime(NOTHING)
                .addElements(at(2, 30))
                .addElements(at(3, 20))
                .advanceProcessingTime(NOTHING)
                .addElements(at(4, 40))
                .advanceProcessingTime(NOTHING)
                .advanceWatermarkToInfinity());
    PCollection<Long> main =
        pipeline.apply(
            "Main",
            stream()
                .advanceProcessingTime(NOTHING)
                .addElements(at(1, 1))
                .advanceProcessingTime(NOTHING)
                .advanceProcessingTime(NOTHING)
                .addElements(at(2, 2))
                .advanceProcessingTime(NOTHING)
                .addElements(at(3, 3))
                .advanceWatermarkToInfinity());
    PCollectionView<Iterable<Long>> view =
        side.apply(
                "Side windows",
                Window.<Long>into(new GlobalWindows())
                    .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                    .withAllowedLateness(Duration.ZERO)
                    .discardingFiredPanes())
            .apply("View", View.asIterable());
    main.apply("Looks", ParDo.of(new LooksAtAll(view, seen)).withSideInputs(view));
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(List.of("1 [10]", "2 [20]", "3 [40]"), seen.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--parallelism=1", "--parallelism=7"})
  void areWaitedForIfTheyAreEarlyPanes(String option) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(option));
    PCollection<Long> side =
        pipeline.apply(
            "Side",
            stream()
                .advanceProcessingTime(NOTHING)
                .advanceProcessingTime(NOTHING)
                .addElements(at(1, 10))
                .advanceProcessingTime(NOTHING)
                .addElements(at(2, 20))
                .advanceProcessingTime(NOTHING)
                .advanceWatermarkToInfinity());
    PCollection<Long> main =
        pipeline.apply(
            "Main",
            stream()
                .addElements(at(1, 1))
                .addElements(at(2, 2))
                .advanceProcessingTime(NOTHING)
                .addElements(at(3, 3))
                .advanceProcessingTime(NOTHING)
                .addElements(at(4, 4))
                .advanceWatermarkToInfinity());
    PCollectionView<Iterable<Long>> view =
        side.apply(
                "Side windows",
                Window.<Long>into(FixedWindows.of(Duration.millis(10)))
                    .triggering(
                        AfterWatermark.pastEndOfWindow()
                            .withEarlyFirings(AfterPane.elementCountAtLeast(1)))
                    .withAllowedLateness(Duration.ZERO)
                    .accumulatingFiredPanes())
            .apply("View", View.asIterable());
    main.apply("Main windows", tens())
        .apply("Looks", ParDo.of(new LooksAtAll(view, seen)).withSideInputs(view));
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(List.of("1 [10]", "2 [10]", "3 [10]", "4 [10, 20]"), seen.get());
  }

  /** Its window is over for long, and the view has forgotten what was in it. */
  @ParameterizedTest
  @ValueSource(strings = {"--parallelism=1", "--parallelism=7"})
  void areNotShownEmptyToAnElementThatIsLate(String option) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(option));
    PCollection<Long> side =
        pipeline.apply("Side", stream().addElements(at(2, 5)).advanceWatermarkToInfinity());
    PCollection<Long> main =
        pipeline.apply(
            "Main",
            stream()
                .advanceProcessingTime(NOTHING)
                .addElements(at(1, 1))
                .advanceProcessingTime(NOTHING)
                .advanceWatermarkTo(Instant.ofEpochMilli(50))
                .advanceProcessingTime(NOTHING)
                .advanceProcessingTime(NOTHING)
                .addElements(at(3, 3))
                .advanceWatermarkToInfinity());
    PCollectionView<Iterable<Long>> view =
        side.apply("Side windows", tens()).apply("View", View.asIterable());
    main.apply("Main windows", tens())
        .apply("Looks", ParDo.of(new LooksAtAll(view, seen)).withSideInputs(view));
    PipelineResult result = pipeline.run();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(List.of("1 [5]"), seen.get());
    assertEquals(1, LateElementsTest.dropped(result));
  }

  private static TestStream.Builder<Long> stream() {
    return TestStream.create(VarLongCoder.of()).advanceWatermarkTo(Instant.EPOCH);
  }

  private static TimestampedValue<Long> at(long time, long value) {
    return TimestampedValue.of(value, Instant.ofEpochMilli(time));
  }

  private static Window<Long> tens() {
    return Window.into(FixedWindows.of(Duration.millis(10)));
  }

  /** An element, and what its side input is. */
  private static final class LooksAtOne extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Long> view;
    private final Shared<List<String>> seen;

    LooksAtOne(PCollectionView<Long> view, Shared<List<String>> seen) {
      this.view = view;
      this.seen = seen;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      seen.get().add(context.element() + " " + context.sideInput(view));
    }
  }

  /** An element, and what its side input has, in order. */
  private static final class LooksAtAll extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Iterable<Long>> view;
    private final Shared<List<String>> seen;

    LooksAtAll(PCollectionView<Iterable<Long>> view, Shared<List<String>> seen) {
      this.view = view;
      this.seen = seen;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      List<Long> all = new CopyOnWriteArrayList<>();
      context.sideInput(view).forEach(all::add);
      seen.get().add(context.element() + " " + all.stream().sorted().toList());
    }
  }
}
