package dev.sluice.translation.state;

import java.util.Arrays;
import org.apache.beam.runners.core.InMemoryStateInternals.InMemoryState;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.ReadableState;
import org.apache.beam.sdk.state.ReadableStates;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** A combining state of {@link ImmutableAccumulators}, which its copies share. */
final class SharedCombiningState<InputT, AccumT, OutputT>
    implements CombiningState<InputT, AccumT, OutputT>,
        InMemoryState<SharedCombiningState<InputT, AccumT, OutputT>> {
  private final CombineFn<InputT, AccumT, OutputT> fn;
  private AccumT accumulator;
  private boolean cleared = true;

  /** An empty one; {@code fn} has immutable accumulators. */
  SharedCombiningState(CombineFn<InputT, AccumT, OutputT> fn) {
    this.fn = fn;
    this.accumulator = fn.createAccumulator();
  }

  @Override
  public void add(InputT input) {
    accumulator = fn.addInput(accumulator, input);
    cleared = false;
  }

  @Override
  public void addAccum(AccumT more) {
    accumulator = cleared ? more : fn.mergeAccumulators(Arrays.asList(accumulator, more));
    cleared = false;
  }

  @Override
  public AccumT getAccum() {
    return accumulator;
  }

  @Override
  public AccumT mergeAccumulators(Iterable<AccumT> accumulators) {
    return fn.mergeAccumulators(accumulators);
  }

  @Override
  public OutputT read() {
    return fn.extractOutput(accumulator);
  }

  @Override
  public SharedCombiningState<InputT, AccumT, OutputT> readLater() {
    return this;
  }

  @Override
  public ReadableState<Boolean> isEmpty() {
    return ReadableStates.immediate(cleared);
  }

  @Override
  public void clear() {
    accumulator = fn.createAccumulator();
    cleared = true;
  }

  @Override
  public boolean isCleared() {
    return cleared;
  }

  @Override
  public SharedCombiningState<InputT, AccumT, OutputT> copy() {
    SharedCombiningState<InputT, AccumT, OutputT> copy = new SharedCombiningState<>(fn);
    copy.accumulator = accumulator;
    copy.cleared = cleared;
    return copy;
  }
}
