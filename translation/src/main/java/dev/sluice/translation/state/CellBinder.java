package dev.sluice.translation.state;

import org.apache.beam.runners.core.InMemoryStateInternals.InMemoryStateBinder;
import org.apache.beam.runners.core.StateTag;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.StateContext;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/**
 * Makes Beam's cells in memory, and those of accumulators that nobody changes in a cheaper form.
 */
final class CellBinder extends InMemoryStateBinder {
  CellBinder(StateContext<?> context) {
    super(context);
  }

  @Override
  public <InputT, AccumT, OutputT> CombiningState<InputT, AccumT, OutputT> bindCombiningValue(
      StateTag<CombiningState<InputT, AccumT, OutputT>> address,
      Coder<AccumT> coder,
      CombineFn<InputT, AccumT, OutputT> fn) {
    return fn instanceof ImmutableAccumulators
        ? new SharedCombiningState<>(fn)
        : super.bindCombiningValue(address, coder, fn);
  }
}
