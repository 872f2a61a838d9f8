package dev.sluice.engine.codec;

import java.io.ByteArrayInputStream;

/** A {@link ByteArrayInputStream} without a lock. For use by one thread. */
@SuppressWarnings(
    "UnsynchronizedOverridesSynchronized") // a lock for each byte takes most of its time
public final class ByteInput extends ByteArrayInputStream {

  /** Reads all of {@code bytes}. */
  public ByteInput(byte[] bytes) {
    super(bytes);
  }

  /** Reads {@code length} of {@code bytes} from {@code offset} on. */
  public ByteInput(byte[] bytes, int offset, int length) {
    super(bytes, offset, length);
  }

  @Override
  public int read() {
    return pos < count ? buf[pos++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int left = count - pos;
    if (left <= 0) {
      return -1;
    }
    int read = Math.min(left, length);
    System.arraycopy(buf, pos, into, offset, read);
    pos += read;
    return read;
  }
}
