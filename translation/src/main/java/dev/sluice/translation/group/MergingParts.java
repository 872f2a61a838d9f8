package dev.sluice.translation.group;

import dev.sluice.translation.state.ImmutableAccumulators;
import java.util.Arrays;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/**
 * A {@link Gathering} as Beam's machine for panes wants it: a combine function of {@link Part}s.
 */
final class MergingParts<S, OutputT> extends CombineFn<Part<S>, S, OutputT>
    implements ImmutableAccumulators {
  private static final long serialVersionUID = 1;

  private final Gathering<?, S, OutputT> gathering;

  MergingParts(Gathering<?, S, OutputT> gathering) {
    this.gathering = gathering;
  }

  @Override
  public S createAccumulator() {
    return gathering.nothing();
  }

  @Override
  public S addInput(S kept, Part<S> part) {
    return gathering.merge(Arrays.asList(kept, part.kept()));
  }

  @Override
  public S mergeAccumulators(Iterable<S> parts) {
    return gathering.merge(Lazy.list(parts));
  }

  @Override
  public OutputT extractOutput(S kept) {
    return gathering.result(kept);
  }

  @Override
  public Coder<S> getAccumulatorCoder(CoderRegistry registry, Coder<Part<S>> inputCoder) {
    return gathering.coder();
  }
}
