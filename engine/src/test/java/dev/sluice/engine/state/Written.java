package dev.sluice.engine.state;

import dev.sluice.engine.state.KeyState.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Changes that were written, as a later process reads them; something else stands behind them. */
record Written(byte[] bytes, StateFormat format) {
  private static final int BEHIND = 42;

  private interface Reading {
    void from(DataInputStream in) throws IOException;
  }

  static Written of(StateChanges changes, StateFormat format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    changes.write(format, out);
    out.writeInt(BEHIND);
    return new Written(bytes.toByteArray(), format);
  }

  void applyTo(StatePartition partition) throws IOException {
    read(in -> partition.apply(format, in));
  }

  /** Key by key into partitions. */
  void readInto(Function<Object, StatePartition> partitions) throws IOException {
    read(in -> StateChanges.readInto(partitions, format, in));
  }

  /** What is in it, null for what is gone. */
  Map<Object, Entry> entries() throws IOException {
    Map<Object, Entry> entries = new LinkedHashMap<>();
    read(
        in -> {
          in.readLong();
          StateReader reader = new StateReader(format, in);
          while (reader.next()) {
            entries.put(reader.identity(), reader.entry());
          }
        });
    return entries;
  }

  private void read(Reading reading) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    reading.from(in);
    if (in.readInt() != BEHIND || in.available() > 0) {
      throw new AssertionError("not read to its end, or too far");
    }
  }
}
