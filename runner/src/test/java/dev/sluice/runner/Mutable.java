package dev.sluice.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;

/** An element that can be changed, as user types often can. */
final class Mutable {
  private final byte[] bytes;

  Mutable(byte... bytes) {
    this.bytes = bytes;
  }

  void change() {
    bytes[0]++;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mutable that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Its coder. */
  static final class MutableCoder extends AtomicCoder<Mutable> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Mutable value, OutputStream out) throws IOException {
      ByteArrayCoder.of().encode(value.bytes, out);
    }

    @Override
    public Mutable decode(InputStream in) throws IOException {
      return new Mutable(ByteArrayCoder.of().decode(in));
    }

    @Override
    public void verifyDeterministic() {}
  }
}
