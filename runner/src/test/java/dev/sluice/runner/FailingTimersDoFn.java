package dev.sluice.runner;

import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;

/** A DoFn with state and a timer that throws in one method. */
final class FailingTimersDoFn extends DoFn<KV<String, Long>, Long> {
  private static final long serialVersionUID = 1L;
  private final LifeCycle failing;

  @StateId("last")
  private final StateSpec<ValueState<Long>> last = StateSpecs.value();

  @TimerId("timer")
  private final TimerSpec timer = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  FailingTimersDoFn(LifeCycle failing) {
    this.failing = failing;
  }

  @ProcessElement
  public void process(
      @Element KV<String, Long> pair,
      @StateId("last") ValueState<Long> state,
      @TimerId("timer") Timer due)
      throws Exception {
    LifeCycle.PROCESS_ELEMENT.reached(failing);
    state.write(pair.getValue());
    due.set(Instant.EPOCH);
  }

  @OnTimer("timer")
  public void onTimer() throws Exception {
    LifeCycle.ON_TIMER.reached(failing);
  }

  @OnWindowExpiration
  public void onWindowExpiration() throws Exception {
    LifeCycle.ON_WINDOW_EXPIRATION.reached(failing);
  }
}
