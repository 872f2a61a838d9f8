package dev.sluice.translation.dofn;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.plan.Stateful;
import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.Kept;
import dev.sluice.engine.state.KeyState;
import dev.sluice.engine.state.NumberedFormat;
import dev.sluice.engine.state.StateFormat;
import dev.sluice.engine.state.StateView;
import dev.sluice.engine.state.Timer;
import dev.sluice.engine.state.TimerDomain;
import dev.sluice.engine.time.Watermark;
import dev.sluice.translation.coder.CoderFingerprint;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * Stable input of a stream: keeps elements back until the batch that they came in is durable, and
 * holds the watermark meanwhile. Whatever happens then, the same elements come again. Where nothing
 * is kept for a later process they pass at once.
 */
public record AwaitDurable<T>(Codec<WindowedValue<T>> codec)
    implements Operator<WindowedValue<T>>, Stateful {
  private static final CellAddress ELEMENT = new CellAddress("", "element");
  private static final String DURABLE = "durable";

  @Override
  public StateFormat stateFormat() {
    return new NumberedFormat<>(ELEMENT, codec, "stable " + CoderFingerprint.of(codec));
  }

  @Override
  public Processor<WindowedValue<T>> open(OperatorContext context) {
    Progress before = context.progress();
    Output<WindowedValue<T>> output = context.output(0);
    if (before.durableBatch() == Long.MAX_VALUE) {
      return output::emit;
    }
    StateView states = context.state();
    return new Processor<>() {
      @Override
      public void process(WindowedValue<T> element) {
        KeyState state = states.key(states.nextNumber());
        state.put(ELEMENT, new Kept<>(element, element.getTimestamp().getMillis()));
        state.setTimer(new Timer(DURABLE, TimerDomain.DURABLE, before.batch(), Watermark.END));
      }

      @Override
      public void advance(Progress now) {
        states.forEachDue(
            TimerDomain.DURABLE,
            now.durableBatch() + 1,
            (number, state) -> {
              state.removeTimer(DURABLE);
              output.emit(AwaitDurable.<T>element(state));
              state.remove(ELEMENT);
            });
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <T> WindowedValue<T> element(KeyState state) {
    return ((Kept<WindowedValue<T>>) state.cell(ELEMENT, AwaitDurable::missing)).value();
  }

  private static Kept<?> missing() {
    throw new IllegalStateException("a timer without the element that it is for");
  }
}
