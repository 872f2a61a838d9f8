package dev.sluice.engine.state;

import dev.sluice.engine.codec.Shared;
import dev.sluice.engine.state.KeyState.Entry;
import dev.sluice.engine.state.Timers.Armed;
import dev.sluice.engine.time.Watermark;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the keys that {@link StateChanges} have written, one after another. For one thread. */
final class StateReader {
  private final StateFormat format;
  private final DataInputStream in;
  private final Shared shared = new Shared();
  private Object identity;
  private Entry entry;

  StateReader(StateFormat format, DataInputStream in) {
    this.format = format;
    this.in = in;
  }

  /** Goes to the next key; false if there is none. */
  boolean next() throws IOException {
    if (!in.readBoolean()) {
      return false;
    }
    identity = format.readKey(in);
    entry = in.readBoolean() ? read(format, shared, in) : null;
    return true;
  }

  Object identity() {
    return identity;
  }

  /** What was kept of the key, null if it was gone. */
  Entry entry() {
    return entry;
  }

  /** Reads what {@link StateWriter} wrote of one key behind the key. */
  static Entry read(StateFormat format, Shared shared, DataInputStream in) throws IOException {
    long hold = Watermark.END;
    int count = in.readInt();
    Map<CellAddress, Cell> cells = new HashMap<>();
    for (int i = 0; i < count; i++) {
      CellAddress address = shared.of(format.readAddress(in));
      long cellHold = in.readLong();
      // The stream is checked frame by frame: a length is what was written.
      byte[] content = in.readNBytes(in.readInt());
      cells.put(address, format.decode(address, content, cellHold));
      hold = Math.min(hold, cellHold);
    }
    int timerCount = in.readInt();
    List<Armed> timers = new ArrayList<>();
    for (int i = 0; i < timerCount; i++) {
      Object id = format.readTimerId(in);
      Timer timer = new Timer(id, TimerDomain.ofCode(in.readByte()), in.readLong(), in.readLong());
      timers.add(new Armed(timer, in.readLong()));
      hold = Math.min(hold, timer.hold());
    }
    return new Entry(Map.copyOf(cells), shared.of(List.copyOf(timers)), hold);
  }
}
