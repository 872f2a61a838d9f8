package dev.sluice.engine.receiver;

import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The records whose encodings follow each other in a buffer. For use by one thread. */
final class EncodedRecords<T> implements Iterator<T> {
  private final ByteBuffer encoded;
  private final Codec<T> codec;
  private final InputStream bytes = new Bytes();

  EncodedRecords(ByteBuffer encoded, Codec<T> codec) {
    this.encoded = encoded;
    this.codec = codec;
  }

  @Override
  public boolean hasNext() {
    return encoded.hasRemaining();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int start = encoded.position();
    try {
      T record = codec.decode(bytes);
      if (encoded.position() == start) {
        throw new IllegalArgumentException(
            "the codec reads nothing of the bytes at " + start + ": their end cannot be found");
      }
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException("no record at byte " + start + " of a buffer", e);
    }
  }

  private final class Bytes extends InputStream {
    @Override
    public int read() {
      return encoded.hasRemaining() ? encoded.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (length > 0 && !encoded.hasRemaining()) {
        return -1;
      }
      int read = Math.min(length, encoded.remaining());
      encoded.get(into, offset, read);
      return read;
    }

    @Override
    public int available() {
      return encoded.remaining();
    }
  }
}
