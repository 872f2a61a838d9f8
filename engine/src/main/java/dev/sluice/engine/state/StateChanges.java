package dev.sluice.engine.state;

import dev.sluice.engine.state.KeyState.Entry;
import dev.sluice.engine.state.Timers.Armed;
import dev.sluice.engine.time.Watermark;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What a partition's keys have come to since an earlier time, or all that it has. What is committed
 * is never changed, so this can be written while batches go on.
 *
 * <pre>
 *   next number | then for each key: 1 | key | gone: 0
 *                                            or: 1 | cells: count, each: address | hold | content
 *                                                    timers: count, each: id | domain | timestamp
 *                                                                         | hold | order
 *               | 0
 * </pre>
 */
public final class StateChanges {
  private final Map<Object, Entry> entries;
  private final long nextNumber;

  /** Changes to these, null for what is gone. */
  StateChanges(Map<Object, Entry> entries, long nextNumber) {
    this.entries = entries;
    this.nextNumber = nextNumber;
  }

  Map<Object, Entry> entries() {
    return entries;
  }

  long nextNumber() {
    return nextNumber;
  }

  /** Writes them, to be read by {@link #read}. */
  public void write(StateFormat format, DataOutputStream out) throws IOException {
    out.writeLong(nextNumber);
    StateWriter writer = new StateWriter(format, out);
    for (Map.Entry<Object, Entry> change : entries.entrySet()) {
      out.writeBoolean(true);
      writer.write(change.getKey(), change.getValue());
    }
    out.writeBoolean(false);
  }

  /** Reads what {@link #write} wrote in the same format. */
  public static StateChanges read(StateFormat format, DataInputStream in) throws IOException {
    long nextNumber = in.readLong();
    Map<Object, Entry> entries = new LinkedHashMap<>();
    readEntries(format, in, entries::put);
    return new StateChanges(entries, nextNumber);
  }

  /**
   * Reads what {@link #write} wrote in the same format, key by key, into the partition of each.
   *
   * @param partitions gives the partition of a key by its identity
   */
  public static void readInto(
      Function<Object, StatePartition> partitions, StateFormat format, DataInputStream in)
      throws IOException {
    long nextNumber = in.readLong();
    readEntries(
        format,
        in,
        (identity, entry) -> partitions.apply(identity).restore(identity, entry, nextNumber));
  }

  private static void readEntries(
      StateFormat format, DataInputStream in, BiConsumer<Object, Entry> into) throws IOException {
    Shared shared = new Shared();
    while (in.readBoolean()) {
      Object identity = format.readKey(in);
      into.accept(identity, in.readBoolean() ? readEntry(format, shared, in) : null);
    }
  }

  private static Entry readEntry(StateFormat format, Shared shared, DataInputStream in)
      throws IOException {
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
