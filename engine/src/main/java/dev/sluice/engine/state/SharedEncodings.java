package dev.sluice.engine.state;

import dev.sluice.engine.codec.ByteOutput;
import dev.sluice.engine.codec.Shared;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.IdentityHashMap;

/**
 * Writes values that {@link Shared} has handed out to many keys: each is encoded once. It forgets
 * now and then what it has encoded. For use by one thread.
 */
final class SharedEncodings<T> {
  private static final int REMEMBERED = 1_000;

  private final Encoding<T> encoding;
  private final IdentityHashMap<T, byte[]> known = new IdentityHashMap<>();
  private final ByteOutput buffer = new ByteOutput();

  /** How a value is written, which nobody changes. */
  interface Encoding<T> {
    void write(T value, DataOutputStream out) throws IOException;
  }

  SharedEncodings(Encoding<T> encoding) {
    this.encoding = encoding;
  }

  void write(T value, DataOutputStream out) throws IOException {
    byte[] bytes = known.get(value);
    if (bytes == null) {
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      buffer.reset();
      encoding.write(value, new DataOutputStream(buffer));
      bytes = buffer.toByteArray();
      known.put(value, bytes);
    }
    out.write(bytes, 0, bytes.length);
  }
}
