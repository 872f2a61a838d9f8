package dev.sluice.translation.dofn;

import org.apache.beam.sdk.values.WindowedValue;

/** What is left of an element of a splittable DoFn. */
record Residual<InputT, RestrictionT, StateT>(
    WindowedValue<InputT> element,
    RestrictionT restriction,
    StateT estimatorState,
    boolean truncated) {}
