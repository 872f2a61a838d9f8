package dev.sluice.translation.state;

import dev.sluice.engine.codec.ByteInput;
import dev.sluice.engine.codec.ByteOutput;
import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.state.Cell;
import dev.sluice.engine.state.Kept;
import java.io.IOException;

/** How an operator's own cells are written that are {@link Kept}. */
public record KeptCells<S>(Codec<S> codec) implements BeamStateFormat.OwnCells {
  @Override
  @SuppressWarnings("unchecked")
  public byte[] encode(Cell cell) throws IOException {
    ByteOutput content = new ByteOutput();
    codec.encode(((Kept<S>) cell).value(), content);
    return content.toByteArray();
  }

  @Override
  public Cell decode(byte[] content, long hold) throws IOException {
    return new Kept<>(codec.decode(new ByteInput(content)), hold);
  }
}
