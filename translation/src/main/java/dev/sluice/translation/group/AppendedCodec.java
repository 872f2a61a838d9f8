package dev.sluice.translation.group;

import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** All values, as one list. */
record AppendedCodec<V>(Codec<List<V>> listCodec) implements Codec<Appended<V>> {
  @Override
  public void encode(Appended<V> appended, OutputStream out) throws IOException {
    listCodec.encode(appended.toList(), out);
  }

  @Override
  public Appended<V> decode(InputStream in) throws IOException {
    List<V> values = listCodec.decode(in);
    return new Appended<>(null, values, values.size());
  }
}
