package dev.sluice.engine.batch;

import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.plan.Stateful;
import dev.sluice.engine.state.KeyState;
import dev.sluice.engine.state.StateFormat;
import dev.sluice.engine.state.StateView;
import dev.sluice.engine.state.TallyFormat;
import dev.sluice.engine.state.Timer;
import dev.sluice.engine.state.TimerDomain;
import dev.sluice.engine.time.Watermark;
import java.util.EnumMap;
import java.util.Map;

/** An operator that fires its timers as they become due, until none is. */
abstract class Timed<T> implements Operator<T>, Stateful {
  private static final long serialVersionUID = 1L;

  /** What a call of user code works with. */
  record Call(OperatorContext context, Progress now, Output<Object> out) {
    StateView states() {
      return context.state();
    }

    void note(Object what) {
      StreamLog.note(context.scope(), context.name(), what);
    }
  }

  /** An element; {@code call.now()} is the time before this run. */
  abstract void element(T element, Call call) throws Exception;

  /** A timer of {@code key} that is due and gone. */
  abstract void fire(Object key, Timer timer, Call call) throws Exception;

  @Override
  public StateFormat stateFormat() {
    return new TallyFormat(Program.VALUES, false);
  }

  @Override
  public Processor<T> open(OperatorContext context) {
    Output<Object> out = context.output(0);
    Call before = new Call(context, context.progress(), out);
    return new Processor<>() {
      @Override
      public void process(T element) throws Exception {
        element(element, before);
      }

      @Override
      public void advance(Progress now) throws Exception {
        fireAll(new Call(context, now, out));
      }
    };
  }

  private void fireAll(Call call) throws Exception {
    Map<TimerDomain, Long> times = times(call.now());
    call.states()
        .forEachDue(
            times,
            (key, state) -> {
              for (Timer due = first(state, times); due != null; due = first(state, times)) {
                state.removeTimer(due.id());
                fire(key, due, call);
              }
            });
  }

  private static Map<TimerDomain, Long> times(Progress now) {
    Map<TimerDomain, Long> times = new EnumMap<>(TimerDomain.class);
    times.put(TimerDomain.EVENT_TIME, now.inputWatermark());
    times.put(TimerDomain.PROCESSING_TIME, now.ended() ? Watermark.END : now.processingTime());
    times.put(
        TimerDomain.SYNCHRONIZED_PROCESSING_TIME,
        now.ended() ? Watermark.END : now.synchronizedProcessingTime());
    times.put(TimerDomain.RESUME, now.drained() ? Watermark.END : now.processingTime());
    return times;
  }

  private static Timer first(KeyState state, Map<TimerDomain, Long> times) {
    for (Map.Entry<TimerDomain, Long> time : times.entrySet()) {
      Timer first = state.first(time.getKey());
      if (first != null && first.timestamp() < time.getValue()) {
        return first;
      }
    }
    return null;
  }
}
