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

/**
 * Gives numbers on by a timer of the clock. It is set so late that it is pending in each
 * checkpoint; where it has become due since, or the input ends, it does not wait.
 */
final class GoldenDelay extends DoFn<KV<String, Long>, String> {
  private static final long serialVersionUID = 1L;
  private static final Duration DELAY = Duration.standardHours(1);

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
    numbers.read().forEach(number -> output.output("later " + key + " " + number));
    numbers.clear();
  }
}
