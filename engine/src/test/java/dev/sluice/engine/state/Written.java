package dev.sluice.engine.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.Function;

/** Changes that are written and read back. */
final class Written {
  private Written() {}

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  /** What a later process reads; something else stands behind it. */
  static StateChanges readBack(StateChanges changes, StateFormat format) throws IOException {
    return read(changes, format, in -> StateChanges.read(format, in));
  }

  /** The same, key by key into partitions. */
  static void readInto(
      Function<Object, StatePartition> partitions, StateChanges changes, StateFormat format)
      throws IOException {
    read(
        changes,
        format,
        in -> {
          StateChanges.readInto(partitions, format, in);
          return null;
        });
  }

  private static <T> T read(StateChanges changes, StateFormat format, Reading<T> reading)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    changes.write(format, out);
    out.writeInt(42);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    T read = reading.from(in);
    if (in.readInt() != 42 || in.available() > 0) {
      throw new AssertionError("not read to its end, or too far");
    }
    return read;
  }
}
