package dev.sluice.translation.group;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.state.Cell;
import dev.sluice.translation.state.BeamStateFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What is kept of a key, and a window perhaps, in a cell. It is replaced, never changed. */
record Gathered<S>(S kept) implements Cell {

  @Override
  public Gathered<S> copy() {
    return this;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  /** How such cells are written. */
  record Format<S>(Codec<S> codec) implements BeamStateFormat.OwnCells {
    @Override
    @SuppressWarnings("unchecked")
    public byte[] encode(Cell cell) throws IOException {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      codec.encode(((Gathered<S>) cell).kept(), content);
      return content.toByteArray();
    }

    @Override
    public Cell decode(byte[] content, long hold) throws IOException {
      return new Gathered<>(codec.decode(new ByteArrayInputStream(content)));
    }
  }
}
