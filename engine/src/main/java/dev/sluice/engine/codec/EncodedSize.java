package dev.sluice.engine.codec;

import java.io.IOException;
import java.io.OutputStream;

/** How many bytes an encoding takes. */
public final class EncodedSize {
  private EncodedSize() {}

  /** Encodes {@code record} and keeps nothing of it but the length. */
  public static <T> long of(Codec<T> codec, T record) throws IOException {
    Counter counter = new Counter();
    codec.encode(record, counter);
    return counter.bytes;
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] b, int offset, int length) {
      bytes += length;
    }
  }
}
