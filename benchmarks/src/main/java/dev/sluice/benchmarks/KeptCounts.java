package dev.sluice.benchmarks;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Stateful;
import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.Kept;
import dev.sluice.engine.state.KeyState;
import dev.sluice.engine.state.NumberedFormat;
import dev.sluice.engine.state.StateFormat;
import dev.sluice.engine.state.StateView;
import dev.sluice.engine.time.Watermark;
import dev.sluice.translation.coder.CoderCodec;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * Counts numbers for each of some keys, in a cell of the key.
 *
 * @param keys how many keys there are
 */
record KeptCounts(long keys) implements Operator<Long>, Stateful {
  private static final CellAddress COUNT = new CellAddress("", "count");

  @Override
  public StateFormat stateFormat() {
    return new NumberedFormat<>(COUNT, new CoderCodec<>(VarLongCoder.of(), "counts"), "counts");
  }

  @Override
  @SuppressWarnings("unchecked")
  public Processor<Long> open(OperatorContext context) {
    StateView states = context.state();
    return number -> {
      KeyState state = states.key(number % keys);
      Kept<Long> before = (Kept<Long>) state.peek(COUNT);
      state.put(COUNT, new Kept<>(before == null ? 1 : before.value() + 1, Watermark.END));
    };
  }
}
