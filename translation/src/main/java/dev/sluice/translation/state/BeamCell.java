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
 *
 * <p>A task copies a cell that is committed while a checkpoint may be written of it. Both look at
 * it under its lock, since an accumulator may change inside when it is looked at, as that of Beam's
 * {@code Top} sorts itself.
 */
record BeamCell(StateTag<?> tag, State state) implements Cell {

  // bind is deprecated because Beam wants to be rid of tags; its own tables of state call it.
  @SuppressWarnings("deprecation")
  static BeamCell empty(StateTag<?> tag, StateContext<?> context) {
    return new BeamCell(tag, tag.bind(new CellBinder(context)));
  }

  @Override
  public synchronized BeamCell copy() {
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
