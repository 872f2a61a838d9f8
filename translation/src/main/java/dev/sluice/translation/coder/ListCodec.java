package dev.sluice.translation.coder;

import dev.sluice.engine.codec.Codec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** A list: how many values there are, then each of them. */
public record ListCodec<V>(Codec<V> valueCodec) implements Codec<List<V>> {
  @Override
  public void encode(List<V> values, OutputStream out) throws IOException {
    new DataOutputStream(out).writeInt(values.size());
    for (V value : values) {
      valueCodec.encode(value, out);
    }
  }

  @Override
  public List<V> decode(InputStream in) throws IOException {
    int size = new DataInputStream(in).readInt();
    List<V> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(valueCodec.decode(in));
    }
    return values;
  }
}
