package dev.sluice.translation.state;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.state.Cell;
import dev.sluice.engine.state.Kept;
import java.io.IOException;

/** How an operator's own cells are written that are {@link Kept}. */
public record KeptCells<S>(Codec<S> codec) implements BeamStateFormat.OwnCells {
  @Override
  @SuppressWarnings("unchecked")
  public byte[] encode(Cell cell) throws IOException {
    return codec.toBytes(((Kept<S>) cell).value());
  }

  @Override
  public Cell decode(byte[] content, long hold) throws IOException {
    return new Kept<>(codec.fromBytes(content), hold);
  }
}
