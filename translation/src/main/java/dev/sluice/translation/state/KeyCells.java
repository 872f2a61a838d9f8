package dev.sluice.translation.state;

import dev.sluice.engine.state.Cell;
import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.KeyState;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateTag;
import org.apache.beam.sdk.state.State;
import org.apache.beam.sdk.state.StateContext;

/** The state of one key, as Beam asks for it: by namespace and tag. For use by one thread. */
public final class KeyCells implements StateInternals {
  private final Object key;
  private final KeyState state;

  /** The cells of {@code key} in {@code state}. */
  public KeyCells(Object key, KeyState state) {
    this.key = key;
    this.state = state;
  }

  @Override
  public Object getKey() {
    return key;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T extends State> T state(
      StateNamespace namespace, StateTag<T> tag, StateContext<?> context) {
    CellAddress address = new CellAddress(namespace, tag.getId());
    Cell cell = state.cell(address, () -> BeamCell.empty(tag, context));
    if (cell instanceof StoredCell stored) {
      cell = decoded(stored, tag, context);
      state.put(address, cell);
    }
    return (T) ((BeamCell) cell).state();
  }

  private BeamCell decoded(StoredCell stored, StateTag<?> tag, StateContext<?> context) {
    BeamCell cell = BeamCell.empty(tag, context);
    try {
      CellContent.fill(cell, stored.content());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the state '"
              + tag.getId()
              + "' in the checkpoint cannot be read: give it the coder back that it had",
          e);
    }
    return cell;
  }
}
