package dev.sluice.engine.batch;

import dev.sluice.engine.exec.Program;
import dev.sluice.engine.state.Cell;
import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.Kept;
import dev.sluice.engine.state.StateFormat;
import dev.sluice.engine.state.Tally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** State of tests: tallies and kept values, with everything written by Kryo. */
record ValuesFormat() implements StateFormat {
  @Override
  public String fingerprint() {
    return "values";
  }

  @Override
  public boolean keyed() {
    return false;
  }

  @Override
  public void writeKey(Object identity, DataOutputStream out) throws IOException {
    Program.VALUES.encode(identity, out);
  }

  @Override
  public Object readKey(DataInputStream in) throws IOException {
    return Program.VALUES.decode(in);
  }

  @Override
  public void writeAddress(CellAddress address, DataOutputStream out) throws IOException {
    Program.VALUES.encode(address.namespace(), out);
    Program.VALUES.encode(address.cell(), out);
  }

  @Override
  public CellAddress readAddress(DataInputStream in) throws IOException {
    return new CellAddress(Program.VALUES.decode(in), Program.VALUES.decode(in));
  }

  @Override
  public void writeTimerId(Object id, DataOutputStream out) throws IOException {
    Program.VALUES.encode(id, out);
  }

  @Override
  public Object readTimerId(DataInputStream in) throws IOException {
    return Program.VALUES.decode(in);
  }

  @Override
  public byte[] encode(CellAddress address, Cell cell) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean tally = cell instanceof Tally;
    out.write(tally ? 1 : 0);
    Program.VALUES.encode(tally ? ((Tally) cell).amount() : ((Kept<?>) cell).value(), out);
    return out.toByteArray();
  }

  @Override
  public Cell decode(CellAddress address, byte[] content, long hold) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(content);
    if (in.read() == 0) {
      return new Kept<>(Program.VALUES.decode(in), hold);
    }
    Tally tally = new Tally();
    tally.add((Long) Program.VALUES.decode(in));
    return tally;
  }
}
