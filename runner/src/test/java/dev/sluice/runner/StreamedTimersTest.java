package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timers of a DoFn over many batches, and the expiration of its windows. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StreamedTimersTest {
  /** By key and window: of the numbers 0 to 59 those with one rest by 3, in windows of 20. */
  private static final List<String> SUMS =
      List.of(
          "0 0=63",
          "0 20=210",
          "0 40=297",
          "1 0=70",
          "1 20=177",
          "1 40=343",
          "2 0=57",
          "2 20=203",
          "2 40=350");

  private final Gathered<String> gathered = new Gathered<>();

  @ParameterizedTest
  @CsvSource({
    "--parallelism=1, 0",
    "--parallelism=7, 0",
    "--maxBundleSize=1, 0",
    "--maxTaskAttempts=4, 3"
  })
  void fireAtTheEndOfTheirWindows(String option, int failures) {
    SumsAtEnd sums = new SumsAtEnd(failures);
    run(sums, option);
    assertTrue(sums.failing.isOver(), "a failure has not happened");
    assertEquals(SUMS, gathered.sorted());
  }

  @ParameterizedTest
  @CsvSource({
    "--parallelism=1, 0",
    "--parallelism=7, 0",
    "--maxBundleSize=1, 0",
    "--maxTaskAttempts=4, 3"
  })
  void areFollowedByTheExpirationOfTheWindowOnce(String option, int failures) {
    SumsAtExpiration sums = new SumsAtExpiration(failures);
    run(sums, option);
    assertTrue(sums.failing.isOver(), "a failure has not happened");
    assertEquals(SUMS, gathered.sorted());
  }

  @Test
  void fireByTheClockWhileTheStreamGoesOn() throws InterruptedException {
    Latch fired = new Latch(3);
    Flag ends = new Flag();
    Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=5"));
    numbers(pipeline, new Waits(ends))
        .apply("Soon", ParDo.of(new FiresSoon(fired)))
        .apply("Gathered", gathered);
    PipelineResult result = pipeline.run();
    fired.await();
    assertEquals(State.RUNNING, result.getState());
    ends.raise();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(List.of("0", "1", "2"), gathered.elements().stream().distinct().sorted().toList());
  }

  @Test
  void ofTheClockFireOnceAtTheEndOfTheStream() {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=5"));
    numbers(pipeline, new InBatches(10))
        .apply("Never", ParDo.of(new FiresInDays()))
        .apply("Gathered", gathered);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(List.of("0", "1", "2"), gathered.sorted());
  }

  @Test
  void ofTheClockFireAtTheEndOfTheirOwnInputBesideAStreamThatGoesOn() throws InterruptedException {
    Latch fired = new Latch(1);
    Flag ends = new Flag();
    Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=5"));
    numbers(pipeline, new Waits(ends));
    pipeline
        .apply("Finite", Create.of(KV.of(1L, 1L)))
        .apply("Soon", ParDo.of(new FiresSoon(fired)))
        .apply("Gathered", gathered);
    PipelineResult result = pipeline.run();
    fired.await();
    assertEquals(State.RUNNING, result.getState());
    ends.raise();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(List.of("1"), gathered.elements());
  }

  private void run(DoFn<KV<Long, Long>, String> fn, String option) {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=5", option));
    numbers(pipeline, new InBatches(7))
        .apply("Windows", Window.into(FixedWindows.of(Duration.millis(20))))
        .apply("Sums", ParDo.of(fn))
        .apply("Gathered", gathered);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
  }

  private static PCollection<KV<Long, Long>> numbers(
      Pipeline pipeline, NumbersSource.Conduct conduct) {
    return pipeline
        .apply("Numbers", Read.from(NumbersSource.of(60, conduct)))
        .apply("Keys", ParDo.of(new ByRest(3)));
  }

  /** Does not end before it is told to. */
  private static final class Waits extends InBatches {
    private static final long serialVersionUID = 1L;
    private final Flag ends;

    Waits(Flag ends) {
      super(10);
      this.ends = ends;
    }

    @Override
    Instant watermark(int split, long next, boolean last) {
      return ends.isRaised() ? BoundedWindow.TIMESTAMP_MAX_VALUE : Instant.EPOCH;
    }
  }

  /** The sum of a key's values, when the window is at its end. */
  static final class SumsAtEnd extends DoFn<KV<Long, Long>, String> {
    private static final long serialVersionUID = 1L;
    private final FailsOften failing;

    @StateId("sum")
    private final StateSpec<CombiningState<Long, long[], Long>> sum =
        StateSpecs.combining(Sum.ofLongs());

    @TimerId("end")
    private final TimerSpec end = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    SumsAtEnd(int failures) {
      this.failing = new FailsOften(failures);
    }

    @ProcessElement
    public void process(
        @Element KV<Long, Long> pair,
        BoundedWindow window,
        @StateId("sum") CombiningState<Long, long[], Long> state,
        @TimerId("end") Timer timer) {
      state.add(pair.getValue());
      timer.set(window.maxTimestamp());
    }

    @OnTimer("end")
    public void onEnd(
        @Key Long key,
        OnTimerContext context,
        @StateId("sum") CombiningState<Long, long[], Long> state,
        OutputReceiver<String> out) {
      String where = at(key, context.window());
      out.output(where + "=" + state.read());
      state.clear();
      failing.at(where, "1 20");
    }
  }

  /** The same without a timer of its own. */
  static final class SumsAtExpiration extends DoFn<KV<Long, Long>, String> {
    private static final long serialVersionUID = 1L;
    private final FailsOften failing;

    @StateId("sum")
    private final StateSpec<CombiningState<Long, long[], Long>> sum =
        StateSpecs.combining(Sum.ofLongs());

    SumsAtExpiration(int failures) {
      this.failing = new FailsOften(failures);
    }

    @ProcessElement
    public void process(
        @Element KV<Long, Long> pair, @StateId("sum") CombiningState<Long, long[], Long> state) {
      state.add(pair.getValue());
    }

    @OnWindowExpiration
    public void onExpiration(
        @Key Long key,
        BoundedWindow window,
        @StateId("sum") CombiningState<Long, long[], Long> state,
        OutputReceiver<String> out) {
      String where = at(key, window);
      out.output(where + "=" + state.read());
      failing.at(where, "1 20");
    }
  }

  private static String at(long key, BoundedWindow window) {
    return key + " " + ((IntervalWindow) window).start().getMillis();
  }

  /** Outputs the key, and tells it, a moment after its first element. */
  static final class FiresSoon extends DoFn<KV<Long, Long>, String> {
    private static final long serialVersionUID = 1L;
    private final Latch fired;

    @TimerId("soon")
    private final TimerSpec soon = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    FiresSoon(Latch fired) {
      this.fired = fired;
    }

    @ProcessElement
    public void process(@Element KV<Long, Long> pair, @TimerId("soon") Timer timer) {
      if (pair.getValue() < 3) {
        timer.offset(Duration.millis(20)).setRelative();
      }
    }

    @OnTimer("soon")
    public void onSoon(@Key Long key, OutputReceiver<String> out) {
      out.output(key.toString());
      fired.open();
    }
  }

  /** Outputs the key days after its last element. */
  static final class FiresInDays extends DoFn<KV<Long, Long>, String> {
    private static final long serialVersionUID = 1L;

    @TimerId("later")
    private final TimerSpec later = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    @ProcessElement
    public void process(@TimerId("later") Timer timer) {
      timer.offset(Duration.standardDays(3)).setRelative();
    }

    @OnTimer("later")
    public void onLater(@Key Long key, OutputReceiver<String> out) {
      out.output(key.toString());
    }
  }
}
