package dev.sluice.engine.codec;

import java.io.IOException;
import java.io.OutputStream;

/** How many bytes an encoding takes. */
public final class EncodedSize {
  private static final int NEWEST_SHARE = 4;

  private EncodedSize() {}

  /** Encodes {@code record} and keeps nothing of it but the length. */
  public static <T> long of(Codec<T> codec, T record) throws IOException {
    Counter counter = new Counter();
    codec.encode(record, counter);
    return counter.bytes;
  }

  /**
   * A moving average of sizes, of which the newest makes up a quarter: records of a later part of
   * the input may be much larger than all before.
   */
  public static long average(long before, long newest) {
    return before + (newest - before) / NEWEST_SHARE;
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
