package dev.sluice.engine.state;

import dev.sluice.engine.state.KeyState.Entry;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * Changes to keys of the heap: what is committed is never changed, so that it need not be copied.
 *
 * @param entries what is kept of each key, null if it is gone
 */
record HeapChanges(Map<Object, Entry> entries, long nextNumber) implements StateChanges {
  @Override
  public void write(StateFormat format, DataOutputStream out) throws IOException {
    out.writeLong(nextNumber);
    StateWriter writer = new StateWriter(format, out);
    for (Map.Entry<Object, Entry> change : entries.entrySet()) {
      out.writeBoolean(true);
      writer.write(change.getKey(), change.getValue());
    }
    out.writeBoolean(false);
  }
}
