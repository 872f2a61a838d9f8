package dev.sluice.runner;

import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Sums numbers by key and window with timers that fire long behind the window, and give the sum a
 * time in it: it is too late for the window unless the timer holds the watermark.
 *
 * <p>The checkpoints of {@link GoldenPipeline} know its names, coders and ids, which never change.
 */
final class HeldSums
    extends PTransform<PCollection<KV<String, Long>>, PCollection<KV<String, Long>>> {
  private static final long serialVersionUID = 1L;
  private final long sizeMs;

  /** Windows of {@code sizeMs}. */
  HeldSums(long sizeMs) {
    this.sizeMs = sizeMs;
  }

  @Override
  public PCollection<KV<String, Long>> expand(PCollection<KV<String, Long>> numbers) {
    return numbers
        .apply("Keys", ParDo.of(new KeysFn(sizeMs)))
        .apply("Hold", ParDo.of(new HoldFn(sizeMs)))
        .apply("Windows", Window.into(FixedWindows.of(Duration.millis(sizeMs))))
        .apply("Sum", Sum.longsPerKey());
  }

  /** The key of a window's sum. */
  static String key(String key, long last) {
    return key + "-" + last;
  }

  private static long lastOf(Instant time, long sizeMs) {
    return time.getMillis() - time.getMillis() % sizeMs + sizeMs - 1;
  }

  private static final class KeysFn extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final long sizeMs;

    KeysFn(long sizeMs) {
      this.sizeMs = sizeMs;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Long> pair,
        @Timestamp Instant time,
        OutputReceiver<KV<String, Long>> output) {
      output.output(KV.of(key(pair.getKey(), lastOf(time, sizeMs)), pair.getValue()));
    }
  }

  static final class HoldFn extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final long sizeMs;

    HoldFn(long sizeMs) {
      this.sizeMs = sizeMs;
    }

    @StateId("sum")
    private final StateSpec<ValueState<Long>> sumSpec = StateSpecs.value(VarLongCoder.of());

    @TimerId("late")
    private final TimerSpec lateSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @Element KV<String, Long> pair,
        @Timestamp Instant time,
        @StateId("sum") ValueState<Long> sum,
        @TimerId("late") Timer late) {
      Long before = sum.read();
      sum.write(before == null ? pair.getValue() : before + pair.getValue());
      Instant last = Instant.ofEpochMilli(lastOf(time, sizeMs));
      late.withOutputTimestamp(last).set(last.plus(Duration.millis(sizeMs * 2)));
    }

    @OnTimer("late")
    public void onLate(
        @Key String key,
        @StateId("sum") ValueState<Long> sum,
        OutputReceiver<KV<String, Long>> output) {
      output.output(KV.of(key, sum.read()));
      sum.clear();
    }
  }
}
