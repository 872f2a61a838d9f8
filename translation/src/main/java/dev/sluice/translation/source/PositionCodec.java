package dev.sluice.translation.source;

import dev.sluice.engine.codec.Codec;
import dev.sluice.translation.source.StreamedBoundedRead.Position;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes how far bounded splits are read. The number of the split is its complement: folders of the
 * first form have it as it is, and no shape.
 */
final class PositionCodec implements Codec<Object> {
  private static final long serialVersionUID = 1L;

  @Override
  public void encode(Object value, OutputStream out) throws IOException {
    Position position = (Position) value;
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(~position.split());
    data.writeLong(position.ordinal());
    data.writeLong(position.shape());
  }

  @Override
  public Object decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int split = data.readInt();
    long ordinal = data.readLong();
    return split < 0
        ? new Position(~split, ordinal, data.readLong())
        : new Position(split, ordinal, Position.ANY_SHAPE);
  }
}
