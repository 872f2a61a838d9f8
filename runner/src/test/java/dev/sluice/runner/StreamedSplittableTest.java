package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.splittabledofn.ManualWatermarkEstimator;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker.TruncateResult;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimators;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Splittable DoFns of a stream that pause again and again. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StreamedSplittableTest {
  private static final int ENOUGH = 30;

  private final Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=5"));
  private final Latch enough = new Latch(ENOUGH);
  private final Seen<Long> seen = new Seen<>(enough);
  private final Gathered<Long> gathered = new Gathered<>();
  private final Gathered<Long> counts = new Gathered<>();

  @Test
  void withoutEndAreCancelled() throws Exception {
    SluicePipelineResult result = startEndless();
    enough.await();
    assertEquals(State.CANCELLED, result.cancel());
  }

  @Test
  void withoutEndAreDrained() throws Exception {
    SluicePipelineResult result = startEndless();
    enough.await();
    result.drain();
    assertEquals(State.DONE, result.waitUntilFinish());
    List<Long> found = gathered.sorted();
    assertTrue(found.size() >= ENOUGH, () -> "found " + found);
    assertEquals(LongStream.range(0, found.size()).boxed().toList(), found);
    assertEquals(0, found.size() % 10, "the rest that the DoFn wants to do");
    assertEquals(found.size(), counts.elements().stream().mapToLong(n -> n).sum());
  }

  @Test
  void closeWindowsWithTheirOwnWatermark() throws Exception {
    Latch closed = new Latch(3);
    numbers(new Endless())
        .apply("Windows", Window.into(FixedWindows.of(Duration.millis(10))))
        .apply("Keys", WithKeys.of("all"))
        .apply("Count", Count.perKey())
        .apply("Values", Values.create())
        .apply("Seen", ParDo.of(new Seen<>(closed)));
    var result = pipeline.run();
    closed.await();
    assertEquals(State.RUNNING, result.getState());
    assertEquals(State.CANCELLED, result.cancel());
  }

  @Test
  void leaveTimersOfTheClockToTheClock() throws Exception {
    Flag fired = new Flag();
    numbers(new Endless())
        .apply("Keys", WithKeys.of("all"))
        .apply("Later", ParDo.of(new FiresInDays(fired)))
        .apply("Seen", ParDo.of(seen));
    var result = pipeline.run();
    enough.await();
    boolean tooEarly = fired.isRaised();
    assertEquals(State.CANCELLED, result.cancel());
    assertFalse(tooEarly, "a timer that is due in days has fired");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--parallelism=1", "--parallelism=7", "--maxBundleSize=1"})
  void withAnEndGiveTheSameInAStream(String option) {
    Pipeline streamed = Pipeline.create(TestOptions.of("--streaming=true", option));
    streamed
        .apply("Counts", Create.of(10, 0, 25))
        .apply("Numbers", ParDo.of(new Pausing()))
        .apply("Gathered", gathered);
    assertEquals(State.DONE, streamed.run().waitUntilFinish());
    assertEquals(
        LongStream.concat(LongStream.range(0, 10), LongStream.range(0, 25))
            .sorted()
            .boxed()
            .toList(),
        gathered.sorted());
  }

  private SluicePipelineResult startEndless() {
    PCollection<Long> shown = numbers(new Endless()).apply("Seen", ParDo.of(seen));
    shown.apply("Gathered", gathered);
    shown
        .apply("Windows", Window.into(FixedWindows.of(Duration.standardDays(1))))
        .apply("Keys", WithKeys.of("all"))
        .apply("Count", Count.perKey())
        .apply("Values", Values.create())
        .apply("Counts", counts);
    return (SluicePipelineResult) pipeline.run();
  }

  private PCollection<Long> numbers(DoFn<Integer, Long> fn) {
    return pipeline.apply("Start", Create.of(0)).apply("Numbers", ParDo.of(fn));
  }

  /** Numbers from 0, four in a call; ends at a multiple of ten if it has to. */
  @DoFn.UnboundedPerElement
  static final class Endless extends DoFn<Integer, Long> {
    private static final long serialVersionUID = 1L;

    @GetInitialRestriction
    public OffsetRange restriction() {
      return new OffsetRange(0, Long.MAX_VALUE);
    }

    @SuppressWarnings("unchecked") // what Beam makes has a raw type
    @TruncateRestriction
    public TruncateResult<OffsetRange> truncate(@Restriction OffsetRange left) {
      return TruncateResult.of(new OffsetRange(left.getFrom(), (left.getFrom() + 9) / 10 * 10));
    }

    @GetInitialWatermarkEstimatorState
    public Instant watermark() {
      return Instant.EPOCH;
    }

    @NewWatermarkEstimator
    public WatermarkEstimators.Manual estimator(@WatermarkEstimatorState Instant state) {
      return new WatermarkEstimators.Manual(state);
    }

    @ProcessElement
    public ProcessContinuation process(
        RestrictionTracker<OffsetRange, Long> tracker,
        ManualWatermarkEstimator<Instant> estimator,
        OutputReceiver<Long> out) {
      long position = tracker.currentRestriction().getFrom();
      for (int i = 0; i < 4; i++, position++) {
        if (!tracker.tryClaim(position)) {
          return ProcessContinuation.stop();
        }
        out.outputWithTimestamp(position, Instant.ofEpochMilli(position));
        estimator.setWatermark(Instant.ofEpochMilli(position));
      }
      return ProcessContinuation.resume().withResumeDelay(Duration.millis(1));
    }
  }

  /** So many numbers from 0 on, three in a call. */
  @DoFn.BoundedPerElement
  static final class Pausing extends DoFn<Integer, Long> {
    private static final long serialVersionUID = 1L;

    @GetInitialRestriction
    public OffsetRange restriction(@Element Integer count) {
      return new OffsetRange(0, count);
    }

    @ProcessElement
    public ProcessContinuation process(
        RestrictionTracker<OffsetRange, Long> tracker, OutputReceiver<Long> out) {
      long position = tracker.currentRestriction().getFrom();
      for (int i = 0; i < 3; i++, position++) {
        if (!tracker.tryClaim(position)) {
          return ProcessContinuation.stop();
        }
        out.output(position);
      }
      return ProcessContinuation.resume().withResumeDelay(Duration.millis(1));
    }
  }

  /** Passes elements on, and has a timer that is due days after the first. */
  static final class FiresInDays extends DoFn<KV<String, Long>, Long> {
    private static final long serialVersionUID = 1L;
    private final Flag fired;

    @TimerId("later")
    private final TimerSpec later = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    FiresInDays(Flag fired) {
      this.fired = fired;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Long> pair, @TimerId("later") Timer timer, OutputReceiver<Long> out) {
      if (pair.getValue() == 0) {
        timer.offset(Duration.standardDays(3)).setRelative();
      }
      out.output(pair.getValue());
    }

    @OnTimer("later")
    public void onLater() {
      fired.raise();
    }
  }
}
