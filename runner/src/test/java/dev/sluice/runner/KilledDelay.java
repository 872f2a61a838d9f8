package dev.sluice.runner;

import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;

/** Gives numbers on when the clock has moved on for a while, each once. */
final class KilledDelay extends DoFn<KV<String, Long>, String> {
  private static final long serialVersionUID = 1L;
  private static final Duration DELAY = Duration.millis(70);

  @StateId("numbers")
  private final StateSpec<BagState<Long>> numbersSpec = StateSpecs.bag(VarLongCoder.of());

  @TimerId("later")
  private final TimerSpec laterSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  @ProcessElement
  public void process(
      @Element KV<String, Long> pair,
      @StateId("numbers") BagState<Long> numbers,
      @TimerId("later") Timer later) {
    if (numbers.isEmpty().read()) {
      later.offset(DELAY).setRelative();
    }
    numbers.add(pair.getValue());
  }

  @OnTimer("later")
  public void onLater(
      @Key String key, @StateId("numbers") BagState<Long> numbers, OutputReceiver<String> output) {
    numbers.read().forEach(number -> output.output(expected(key, number)));
    numbers.clear();
  }

  /** What comes of a number. */
  static String expected(String key, long number) {
    return "later " + key + " " + number;
  }
}
