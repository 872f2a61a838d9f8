package dev.sluice.engine.state;

import dev.sluice.engine.codec.Codec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The format of state whose keys are {@link StateView#nextNumber numbers}, each with one value that
 * is {@link Kept}, and with timers whose ids are strings.
 */
public record NumberedFormat<T>(CellAddress address, Codec<T> codec, String fingerprint)
    implements StateFormat {
  @Override
  public boolean keyed() {
    return false;
  }

  @Override
  public void writeKey(Object identity, DataOutputStream out) throws IOException {
    out.writeLong((Long) identity);
  }

  @Override
  public Object readKey(DataInputStream in) throws IOException {
    return in.readLong();
  }

  @Override
  public void writeAddress(CellAddress written, DataOutputStream out) {}

  @Override
  public CellAddress readAddress(DataInputStream in) {
    return address;
  }

  @Override
  public void writeTimerId(Object id, DataOutputStream out) throws IOException {
    out.writeUTF((String) id);
  }

  @Override
  public Object readTimerId(DataInputStream in) throws IOException {
    return in.readUTF();
  }

  @Override
  @SuppressWarnings("unchecked")
  public byte[] encode(CellAddress written, Cell cell) throws IOException {
    return codec.toBytes(((Kept<T>) cell).value());
  }

  @Override
  public Cell decode(CellAddress read, byte[] content, long hold) throws IOException {
    return new Kept<>(codec.fromBytes(content), hold);
  }
}
