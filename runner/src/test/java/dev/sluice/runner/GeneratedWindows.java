package dev.sluice.runner;

import dev.sluice.runner.GeneratedElement.Span;
import dev.sluice.runner.GeneratedShape.Fact;
import dev.sluice.runner.GeneratedShape.Windowing;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.Window.ClosingBehavior;
import org.apache.beam.sdk.transforms.windowing.Window.OnTimeBehavior;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/**
 * Windows, a trigger and all that goes with them. {@code sizeMs} is also the gap of sessions; the
 * period and the offset are those of sliding windows, the offset that of fixed ones too.
 */
record GeneratedWindows(
    Windowing windowing,
    int sizeMs,
    int periodMs,
    int offsetMs,
    GeneratedTrigger trigger,
    boolean accumulating,
    boolean lateness,
    TimestampCombiner times,
    ClosingBehavior closing,
    OnTimeBehavior onTime)
    implements GeneratedStep {
  /** More than any element is late. */
  private static final Duration ALL = Duration.standardDays(10_000);

  @Override
  public boolean fits(GeneratedShape shape) {
    return shape.is(Fact.EXACT)
        && shape.is(Fact.TIMED)
        && !shape.is(Fact.PANES)
        && (!shape.is(Fact.AT_THE_END) || windowing == Windowing.GLOBAL)
        && (!trigger.isDefault() || windowing != Windowing.GLOBAL)
        && (lateness || shape.is(Fact.ON_TIME))
        // The watermark is held back for earlier windows, so sliding ones have times of their own.
        && (times == TimestampCombiner.END_OF_WINDOW
            || (windowing != Windowing.SLIDING && after(shape).hasOnePane()));
  }

  @Override
  public GeneratedShape after(GeneratedShape shape) {
    return shape
        .with(windowing, times)
        .with(Fact.DEFAULT_TRIGGER, trigger.isDefault())
        .with(Fact.ALWAYS_CLOSES, closing == ClosingBehavior.FIRE_ALWAYS)
        .with(Fact.ACCUMULATING, accumulating)
        // Of several durations the longest counts.
        .with(Fact.LATENESS, lateness || shape.is(Fact.LATENESS))
        .with(Fact.MERGED, false);
  }

  @Override
  public PCollection<KV<String, Long>> apply(String name, PCollection<KV<String, Long>> input) {
    Window<KV<String, Long>> window =
        Window.<KV<String, Long>>into(function())
            .triggering(trigger.trigger())
            .withAllowedLateness(lateness ? ALL : Duration.ZERO, closing)
            .withOnTimeBehavior(onTime)
            .withTimestampCombiner(times);
    return input.apply(
        name + " " + windowing,
        accumulating ? window.accumulatingFiredPanes() : window.discardingFiredPanes());
  }

  private WindowFn<Object, ?> function() {
    Duration size = Duration.millis(sizeMs);
    Duration offset = Duration.millis(offsetMs);
    return switch (windowing) {
      case GLOBAL -> new GlobalWindows();
      case FIXED -> FixedWindows.of(size).withOffset(offset);
      case SLIDING -> SlidingWindows.of(size).every(Duration.millis(periodMs)).withOffset(offset);
      case SESSIONS -> Sessions.withGapDuration(size);
    };
  }

  @Override
  public List<GeneratedElement> compute(List<GeneratedElement> input, GeneratedShape shape) {
    return input.stream()
        .flatMap(
            element ->
                windows(element.time()).stream().map(window -> element.at(element.time(), window)))
        .toList();
  }

  private List<Span> windows(long time) {
    return switch (windowing) {
      case GLOBAL -> List.of(Span.GLOBAL);
      case FIXED -> {
        long start = time - Math.floorMod(time - offsetMs, sizeMs);
        yield List.of(new Span(start, start + sizeMs));
      }
      case SLIDING -> {
        List<Span> spans = new ArrayList<>();
        long start = time - Math.floorMod(time - offsetMs, periodMs);
        for (; start > time - sizeMs; start -= periodMs) {
          spans.add(new Span(start, start + sizeMs));
        }
        yield spans;
      }
      case SESSIONS -> List.of(new Span(time, time + sizeMs));
    };
  }
}
