package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.VarInt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Keys that are arrays, which do not equal each other. */
record ByteKeys() implements KeyCodec<byte[]> {
  @Override
  public void encode(byte[] key, OutputStream out) throws IOException {
    VarInt.write(key == null ? 0 : key.length + 1, out);
    if (key != null) {
      out.write(key);
    }
  }

  @Override
  public byte[] decode(InputStream in) throws IOException {
    int length = VarInt.read(in);
    return length == 0 ? null : in.readNBytes(length - 1);
  }

  @Override
  public boolean consistentWithEquals(byte[] key) {
    return false;
  }
}
