package dev.sluice.engine.state;

import dev.sluice.engine.codec.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The format of tallies and of kept values, with everything else written by a codec.
 *
 * @param keyed as of {@link StateFormat}
 */
public record TallyFormat(Codec<Object> values, boolean keyed) implements StateFormat {
  @Override
  public String fingerprint() {
    return "tallies";
  }

  @Override
  public void writeKey(Object identity, DataOutputStream out) throws IOException {
    values.encode(identity, out);
  }

  @Override
  public Object readKey(DataInputStream in) throws IOException {
    return values.decode(in);
  }

  @Override
  public void writeAddress(CellAddress address, DataOutputStream out) throws IOException {
    values.encode(address.namespace(), out);
    values.encode(address.cell(), out);
  }

  @Override
  public CellAddress readAddress(DataInputStream in) throws IOException {
    return new CellAddress(values.decode(in), values.decode(in));
  }

  @Override
  public void writeTimerId(Object id, DataOutputStream out) throws IOException {
    values.encode(id, out);
  }

  @Override
  public Object readTimerId(DataInputStream in) throws IOException {
    return values.decode(in);
  }

  @Override
  public byte[] encode(CellAddress address, Cell cell) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean tally = cell instanceof Tally;
    out.write(tally ? 1 : 0);
    values.encode(tally ? ((Tally) cell).amount() : ((Kept<?>) cell).value(), out);
    return out.toByteArray();
  }

  @Override
  public Cell decode(CellAddress address, byte[] content, long hold) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(content);
    if (in.read() == 0) {
      return new Kept<>(values.decode(in), hold);
    }
    Tally tally = new Tally();
    tally.add((Long) values.decode(in));
    tally.holdAt(hold);
    return tally;
  }
}
