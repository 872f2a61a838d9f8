package dev.sluice.translation.state;

import dev.sluice.engine.state.Cell;
import dev.sluice.engine.time.Watermark;
import org.apache.beam.runners.core.InMemoryStateInternals.InMemoryState;
import org.apache.beam.sdk.state.State;
import org.apache.beam.sdk.state.WatermarkHoldState;
import org.joda.time.Instant;

/** One of Beam's cells. It is copied by its coders. */
record BeamCell(State state) implements Cell {
  @Override
  public BeamCell copy() {
    return new BeamCell((State) ((InMemoryState<?>) state).copy());
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
