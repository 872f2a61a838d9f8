package dev.sluice.translation.group;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.ListCoder;

/** All values, as one list. */
final class AppendedCoder<V> extends CustomCoder<Appended<V>> {
  private static final long serialVersionUID = 1;

  private final ListCoder<V> values;

  AppendedCoder(Coder<V> valueCoder) {
    this.values = ListCoder.of(valueCoder);
  }

  @Override
  public void encode(Appended<V> appended, OutputStream out) throws IOException {
    values.encode(appended.toList(), out);
  }

  @Override
  public Appended<V> decode(InputStream in) throws IOException {
    List<V> decoded = values.decode(in);
    return new Appended<>(null, decoded, decoded.size());
  }
}
