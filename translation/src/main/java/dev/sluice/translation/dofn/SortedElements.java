package dev.sluice.translation.dofn;

import dev.sluice.engine.codec.ByteInput;
import dev.sluice.engine.codec.ByteOutput;
import dev.sluice.engine.state.Cell;
import dev.sluice.translation.state.BeamStateFormat.OwnCells;
import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.values.WindowedValue;

/** Writes the elements that wait for their turn in time. */
record SortedElements<T>(Coder<WindowedValue<T>> coder) implements OwnCells {
  @Override
  @SuppressWarnings("unchecked")
  public byte[] encode(Cell cell) throws IOException {
    ByteOutput bytes = new ByteOutput();
    ListCoder.of(coder).encode(((SortBuffer<T>) cell).elements(), bytes);
    return bytes.toByteArray();
  }

  @Override
  public Cell decode(byte[] content, long hold) throws IOException {
    SortBuffer<T> buffer = new SortBuffer<>();
    ListCoder.of(coder).decode(new ByteInput(content)).forEach(buffer::add);
    return buffer;
  }
}
