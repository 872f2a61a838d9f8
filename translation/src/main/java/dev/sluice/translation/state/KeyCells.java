package dev.sluice.translation.state;

import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.KeyState;
import org.apache.beam.runners.core.InMemoryStateInternals.InMemoryStateBinder;
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
  // bind is deprecated because Beam wants to be rid of tags; its own tables of state call it.
  @SuppressWarnings({"unchecked", "deprecation"})
  public <T extends State> T state(
      StateNamespace namespace, StateTag<T> tag, StateContext<?> context) {
    CellAddress address = new CellAddress(namespace, tag.getId());
    BeamCell cell =
        (BeamCell)
            state.cell(address, () -> new BeamCell(tag.bind(new InMemoryStateBinder(context))));
    return (T) cell.state();
  }
}
