package dev.sluice.engine.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Changes that are written and read back. */
final class Written {
  private Written() {}

  /** What a later process reads; something else stands behind it. */
  static StateChanges readBack(StateChanges changes, StateFormat format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    changes.write(format, out);
    out.writeInt(42);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    StateChanges read = StateChanges.read(format, in);
    if (in.readInt() != 42 || in.available() > 0) {
      throw new AssertionError("not read to its end, or too far");
    }
    return read;
  }
}
