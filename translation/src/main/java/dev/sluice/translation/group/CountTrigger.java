package dev.sluice.translation.group;

import org.apache.beam.runners.core.MergingStateAccessor;
import org.apache.beam.runners.core.StateMerging;
import org.apache.beam.runners.core.StateTag;
import org.apache.beam.runners.core.StateTags;
import org.apache.beam.runners.core.triggers.TriggerStateMachine;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.transforms.Sum;

/**
 * {@code AfterPane.elementCountAtLeast} over {@link Part}s: fires once when the elements that they
 * stand for are enough.
 */
final class CountTrigger extends TriggerStateMachine {
  private static final long serialVersionUID = 1;

  private static final StateTag<CombiningState<Long, long[], Long>> ELEMENTS =
      StateTags.makeSystemTagInternal(
          StateTags.combiningValueFromInputInternal("count", VarLongCoder.of(), Sum.ofLongs()));

  private final int enough;
  private final transient Count part;

  CountTrigger(int enough, Count part) {
    super(null);
    this.enough = enough;
    this.part = part;
  }

  @Override
  public void prefetchOnElement(PrefetchContext context) {}

  @Override
  public void onElement(OnElementContext context) {
    context.state().access(ELEMENTS).add(part.get());
  }

  @Override
  public void prefetchOnMerge(MergingPrefetchContext context) {}

  @Override
  public void onMerge(OnMergeContext context) {
    MergingStateAccessor<?, ?> states = context.state();
    if (context.trigger().finishedInAnyMergingWindow()) {
      context.trigger().setFinished(true);
      StateMerging.clear(states, ELEMENTS);
    } else {
      StateMerging.mergeCombiningValues(states, ELEMENTS);
    }
  }

  @Override
  public void prefetchShouldFire(PrefetchContext context) {}

  @Override
  public boolean shouldFire(TriggerContext context) {
    return context.state().access(ELEMENTS).read() >= enough;
  }

  @Override
  public void onFire(TriggerContext context) {
    clear(context);
    context.trigger().setFinished(true);
  }

  @Override
  public void clear(TriggerContext context) {
    context.state().access(ELEMENTS).clear();
  }

  @Override
  public boolean isCompatible(TriggerStateMachine other) {
    return equals(other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CountTrigger that && enough == that.enough;
  }

  @Override
  public int hashCode() {
    return enough;
  }
}
