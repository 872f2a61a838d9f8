package dev.sluice.engine.state;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The format of tallies, of keys that are ints, as are the names of cells and timers. */
record TallyFormat() implements StateFormat {
  @Override
  public String fingerprint() {
    return "tallies";
  }

  @Override
  public boolean keyed() {
    return true;
  }

  @Override
  public void writeKey(Object identity, DataOutputStream out) throws IOException {
    out.writeInt((Integer) identity);
  }

  @Override
  public Object readKey(DataInputStream in) throws IOException {
    return in.readInt();
  }

  @Override
  public void writeAddress(CellAddress address, DataOutputStream out) throws IOException {
    out.writeUTF((String) address.namespace());
    out.writeInt((Integer) address.cell());
  }

  @Override
  public CellAddress readAddress(DataInputStream in) throws IOException {
    return new CellAddress(in.readUTF(), in.readInt());
  }

  @Override
  public void writeTimerId(Object id, DataOutputStream out) throws IOException {
    out.writeInt((Integer) id);
  }

  @Override
  public Object readTimerId(DataInputStream in) throws IOException {
    return in.readInt();
  }

  @Override
  public byte[] encode(CellAddress address, Cell cell) {
    return ByteBuffer.allocate(Long.BYTES).putLong(((Tally) cell).amount()).array();
  }

  @Override
  public Cell decode(CellAddress address, byte[] content, long hold) {
    Tally tally = new Tally();
    tally.add(ByteBuffer.wrap(content).getLong());
    tally.holdAt(hold);
    return tally;
  }
}
