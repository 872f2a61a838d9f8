package dev.sluice.engine.state;

import dev.sluice.engine.state.KeyState.Entry;
import dev.sluice.engine.state.Timers.Armed;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes what is kept of keys, one after another, in one format. For use by one thread. */
final class StateWriter {
  private final StateFormat format;
  private final DataOutputStream out;
  private final SharedEncodings<CellAddress> addresses;
  private final SharedEncodings<List<Armed>> timers = new SharedEncodings<>(this::writeTimers);

  StateWriter(StateFormat format, DataOutputStream out) {
    this.format = format;
    this.out = out;
    this.addresses = new SharedEncodings<>(format::writeAddress);
  }

  /** Writes a key and what is kept of it, null for nothing. */
  void write(Object identity, Entry entry) throws IOException {
    format.writeKey(identity, out);
    out.writeBoolean(entry != null);
    if (entry != null) {
      write(entry);
    }
  }

  /** Writes what is kept of a key without the key. */
  void write(Entry entry) throws IOException {
    writeCells(entry.cells());
    timers.write(entry.timers(), out);
  }

  private void writeCells(Map<CellAddress, Cell> cells) throws IOException {
    out.writeInt(cells.size());
    for (Map.Entry<CellAddress, Cell> cell : cells.entrySet()) {
      addresses.write(cell.getKey(), out);
      out.writeLong(cell.getValue().hold());
      byte[] content = format.encode(cell.getKey(), cell.getValue());
      out.writeInt(content.length);
      out.write(content);
    }
  }

  private void writeTimers(List<Armed> armed, DataOutputStream to) throws IOException {
    to.writeInt(armed.size());
    for (Armed each : armed) {
      Timer timer = each.timer();
      format.writeTimerId(timer.id(), to);
      to.writeByte(timer.domain().code());
      to.writeLong(timer.timestamp());
      to.writeLong(timer.hold());
      to.writeLong(each.order());
    }
  }
}
