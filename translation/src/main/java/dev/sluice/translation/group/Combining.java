package dev.sluice.translation.group;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.util.UserCodeException;

/**
 * A combine function with the coder of its accumulators.
 *
 * <p>An accumulator that has crossed an exchange may be read again by a second attempt, so a merge
 * starts from a fresh one: Beam lets a function change the first accumulator that it merges, and no
 * other.
 */
public record Combining<InputT, AccumT, OutputT>(
    CombineFn<InputT, AccumT, OutputT> fn, Coder<AccumT> accumulatorCoder) implements Serializable {

  AccumT create() {
    try {
      return fn.createAccumulator();
    } catch (RuntimeException e) {
      throw UserCodeException.wrap(e);
    }
  }

  AccumT add(AccumT accumulator, InputT value) {
    try {
      return fn.addInput(accumulator, value);
    } catch (RuntimeException e) {
      throw UserCodeException.wrap(e);
    }
  }

  AccumT compact(AccumT accumulator) {
    try {
      return fn.compact(accumulator);
    } catch (RuntimeException e) {
      throw UserCodeException.wrap(e);
    }
  }

  private OutputT merged(Iterable<AccumT> accumulators) {
    try {
      return fn.extractOutput(merge(accumulators));
    } catch (RuntimeException e) {
      throw UserCodeException.wrap(e);
    }
  }

  /** All of them in one, which is none of them. */
  AccumT merge(Iterable<AccumT> accumulators) {
    return mergeIntoFirst(Lazy.behind(create(), accumulators));
  }

  /** Both in one; {@code own} may be changed, {@code other} stays as it is. */
  AccumT mergeInto(AccumT own, AccumT other) {
    return mergeIntoFirst(Arrays.asList(own, other));
  }

  private AccumT mergeIntoFirst(Iterable<AccumT> accumulators) {
    try {
      return fn.mergeAccumulators(accumulators);
    } catch (RuntimeException e) {
      throw UserCodeException.wrap(e);
    }
  }

  /** The result of an accumulator that stays as it is. */
  OutputT extract(AccumT accumulator) {
    return merged(Collections.singletonList(accumulator));
  }

  private OutputT combined(Iterable<InputT> values) {
    AccumT accumulator = create();
    for (InputT value : values) {
      accumulator = add(accumulator, value);
    }
    try {
      return fn.extractOutput(accumulator);
    } catch (RuntimeException e) {
      throw UserCodeException.wrap(e);
    }
  }

  /** Of values that come one by one. */
  record OfValues<InputT, AccumT, OutputT>(Combining<InputT, AccumT, OutputT> combining)
      implements GroupResult<InputT, OutputT> {
    @Override
    public OutputT of(Iterable<InputT> values) {
      return combining.combined(values);
    }
  }

  /** Of values that were combined in part. */
  record OfAccumulators<InputT, AccumT, OutputT>(Combining<InputT, AccumT, OutputT> combining)
      implements GroupResult<AccumT, OutputT> {
    @Override
    public OutputT of(Iterable<AccumT> accumulators) {
      return combining.merged(accumulators);
    }
  }
}
