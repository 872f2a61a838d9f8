package dev.sluice.engine.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A {@link ByteArrayOutputStream} without a lock. For use by one thread. */
@SuppressWarnings(
    "UnsynchronizedOverridesSynchronized") // a lock for each byte takes most of its time
public class ByteOutput extends ByteArrayOutputStream {

  private static final int FIRST_BYTES = 64;
  private static final int MAX_KEPT_BYTES = 256 << 10;
  private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8;

  /** An empty one with room for a small value. */
  public ByteOutput() {
    super(FIRST_BYTES);
  }

  @Override
  public void write(int b) {
    ensure(1);
    buf[count++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    ensure(length);
    System.arraycopy(bytes, offset, buf, count, length);
    count += length;
  }

  /** Appends all that is in {@code other}. */
  public final void writeAll(ByteOutput other) {
    write(other.buf, 0, other.count);
  }

  /** Empties it; room for more than 256 KiB is given back, since large values are rare. */
  @Override
  public void reset() {
    count = 0;
    if (buf.length > MAX_KEPT_BYTES) {
      buf = new byte[FIRST_BYTES];
    }
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public byte[] toByteArray() {
    return Arrays.copyOf(buf, count);
  }

  private void ensure(int more) {
    if (more > buf.length - count) {
      int doubled = (int) Math.min(2L * buf.length, MAX_ARRAY_BYTES);
      buf = Arrays.copyOf(buf, Math.max(doubled, Math.addExact(count, more)));
    }
  }
}
