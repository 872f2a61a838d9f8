package dev.sluice.translation.source;

import dev.sluice.engine.codec.Codec;
import dev.sluice.translation.source.StreamedBoundedRead.Position;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes how far bounded splits are read. */
final class PositionCodec implements Codec<Object> {
  private static final long serialVersionUID = 1L;

  @Override
  public void encode(Object value, OutputStream out) throws IOException {
    Position position = (Position) value;
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(position.split());
    data.writeLong(position.ordinal());
  }

  @Override
  public Object decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    return new Position(data.readInt(), data.readLong());
  }
}
