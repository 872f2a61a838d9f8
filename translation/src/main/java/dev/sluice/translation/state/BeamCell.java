package dev.sluice.translation.state;

import dev.sluice.engine.state.Cell;
import dev.sluice.engine.time.Watermark;
import org.apache.beam.runners.core.InMemoryStateInternals.InMemoryState;
import org.apache.beam.runners.core.StateTag;
import org.apache.beam.sdk.state.State;
import org.apache.beam.sdk.state.StateContext;
import org.apache.beam.sdk.state.WatermarkHoldState;
import org.joda.time.Instant;

/**
 * One of Beam's cells, with the tag that it was made by. Copies are made by its coders, unless its
 * accumulators are {@link ImmutableAccumulators}.
 */
record BeamCell(StateTag<?> tag, State state) implements Cell {

  // bind is deprecated because Beam wants to be rid of tags; its own tables of state call it.
  @SuppressWarnings("deprecation")
  static BeamCell empty(StateTag<?> tag, StateContext<?> context) {
    return new BeamCell(tag, tag.bind(new CellBinder(context)));
  }

  @Override
  public BeamCell copy() {
    return new BeamCell(tag, (State) ((InMemoryState<?>) state).copy());
  }

  @Override
  public boolean isEmpty() {
    return ((InMemoryState<?>) state).isCleared();
  }

  @Override
  public long hold() {
    Instant hold = state instanceof WatermarkHoldState held ? held.read() : null;
    return hold == null ? Watermark.END : hold.getMillis();
  }
}
