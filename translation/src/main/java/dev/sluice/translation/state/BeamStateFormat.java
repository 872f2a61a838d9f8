package dev.sluice.translation.state;

import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.KeyIdentity;
import dev.sluice.engine.state.Cell;
import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.StateFormat;
import dev.sluice.translation.timers.KeyTimers;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * The format of state by key: Beam's cells and timers by namespace and id, and beside them those of
 * the operator's own, whose namespaces and ids are strings. For use by one thread at a time.
 */
public final class BeamStateFormat<K> implements StateFormat {
  private static final int OWN = 0;
  private static final int OF_BEAM = 1;

  private final KeyCodec<K> keyCodec;
  private final Namespaces namespaces;
  private final OwnCells ownCells;
  private final String fingerprint;

  /**
   * A format.
   *
   * @param windowCoder null if there are no namespaces of windows
   * @param ownCells null if there are none
   */
  public BeamStateFormat(
      KeyCodec<K> keyCodec,
      Coder<? extends BoundedWindow> windowCoder,
      OwnCells ownCells,
      String fingerprint) {
    this.keyCodec = keyCodec;
    this.namespaces = new Namespaces(windowCoder);
    this.ownCells = ownCells;
    this.fingerprint = fingerprint;
  }

  /** How cells are written that are not Beam's. */
  public interface OwnCells {
    byte[] encode(Cell cell) throws IOException;

    Cell decode(byte[] content, long hold) throws IOException;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public boolean keyed() {
    return true;
  }

  @Override
  public void writeKey(Object identity, DataOutputStream out) throws IOException {
    out.write(KeyIdentity.bytes(identity, keyCodec));
  }

  @Override
  public Object readKey(DataInputStream in) throws IOException {
    return KeyIdentity.of(keyCodec.decode(in), keyCodec);
  }

  @Override
  public void writeAddress(CellAddress address, DataOutputStream out) throws IOException {
    if (address.namespace() instanceof StateNamespace namespace) {
      out.writeByte(OF_BEAM);
      out.writeUTF(namespace.stringKey());
    } else {
      out.writeByte(OWN);
      out.writeUTF((String) address.namespace());
    }
    out.writeUTF((String) address.cell());
  }

  @Override
  public CellAddress readAddress(DataInputStream in) throws IOException {
    int kind = in.readByte();
    String namespace = in.readUTF();
    return new CellAddress(kind == OF_BEAM ? namespaces.apply(namespace) : namespace, in.readUTF());
  }

  @Override
  public void writeTimerId(Object id, DataOutputStream out) throws IOException {
    if (id instanceof String own) {
      out.writeByte(OWN);
      out.writeUTF(own);
    } else {
      out.writeByte(OF_BEAM);
      KeyTimers.writeId(id, out);
    }
  }

  @Override
  public Object readTimerId(DataInputStream in) throws IOException {
    return in.readByte() == OF_BEAM ? KeyTimers.readId(in, namespaces) : in.readUTF();
  }

  @Override
  public byte[] encode(CellAddress address, Cell cell) throws IOException {
    if (cell instanceof BeamCell ofBeam) {
      return CellContent.of(ofBeam);
    }
    return cell instanceof StoredCell stored ? stored.content() : ownCells.encode(cell);
  }

  @Override
  public Cell decode(CellAddress address, byte[] content, long hold) throws IOException {
    return address.namespace() instanceof StateNamespace
        ? new StoredCell(content, hold)
        : ownCells.decode(content, hold);
  }
}
