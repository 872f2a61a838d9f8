package dev.sluice.benchmarks;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.state.StateView;
import dev.sluice.engine.state.Timer;
import dev.sluice.engine.state.TimerDomain;

/** Sets a timer for each number, which is its key; it fires in the next batch. */
record KeptTimers() implements Operator<Long> {
  private static final String NAME = "timer";

  @Override
  public Processor<Long> open(OperatorContext context) {
    StateView states = context.state();
    long batch = context.progress().batch();
    return new Processor<>() {
      @Override
      public void process(Long key) {
        states.key(key).setTimer(new Timer(NAME, TimerDomain.EVENT_TIME, batch, batch));
      }

      @Override
      public void advance(Progress now) throws Exception {
        states.forEachDue(
            TimerDomain.EVENT_TIME, now.inputWatermark(), (key, state) -> state.removeTimer(NAME));
      }
    };
  }
}
