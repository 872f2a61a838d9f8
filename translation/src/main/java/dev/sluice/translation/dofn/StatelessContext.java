package dev.sluice.translation.dofn;

import org.apache.beam.runners.core.InMemoryBundleFinalizer;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.sdk.transforms.DoFn.BundleFinalizer;

/** For a DoFn without state and timers; Beam refuses one that asks for them before it runs. */
record StatelessContext(InMemoryBundleFinalizer finalizer) implements StepContext {
  @Override
  public StateInternals stateInternals() {
    throw new UnsupportedOperationException("a DoFn without state asks for state");
  }

  @Override
  public TimerInternals timerInternals() {
    throw new UnsupportedOperationException("a DoFn without timers asks for timers");
  }

  @Override
  public BundleFinalizer bundleFinalizer() {
    return finalizer;
  }
}
