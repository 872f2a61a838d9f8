package dev.sluice.engine.receiver;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.Frame;
import dev.sluice.engine.memory.TempFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xerial.snappy.Snappy;

/**
 * Records in a temporary file: frames of about 64 KiB of encoded records, compressed with Snappy.
 * Written by one thread at a time, sealed, then read by any.
 *
 * <p>A record whose writing throws is not in the file, and those before it still are.
 */
final class RecordFile<T> {
  private static final int FRAME_BYTES = 64 << 10;

  private final Codec<T> codec;
  private final TempFile file;
  private Bytes frame = new Bytes();

  RecordFile(BlockStore<T> store) throws IOException {
    this.codec = store.codec();
    this.file = store.files().create("received");
  }

  /** Takes records as they are read; what its calls throw comes out as it is. */
  interface Sink<T> {
    void accept(T record);
  }

  void write(T record) throws IOException {
    int before = frame.size();
    boolean written = false;
    try {
      codec.encode(record, frame);
      if (frame.size() >= FRAME_BYTES) {
        flush();
      }
      written = true;
    } finally {
      if (!written) {
        frame.cutTo(before);
      }
    }
  }

  /** Ends writing. May be called again if it has thrown. */
  void seal() throws IOException {
    flush();
    file.seal();
    frame = null;
  }

  void forEach(Sink<? super T> sink) throws IOException {
    long end = file.sizeBytes();
    long position = 0;
    byte[] header = new byte[Frame.HEADER_BYTES];
    while (position < end) {
      String where = file.path() + " at byte " + position;
      file.read(header, header.length, position);
      position += header.length;
      int length = Frame.payloadLength(ByteBuffer.wrap(header), end - position, where);
      byte[] payload = new byte[length];
      file.read(payload, length, position);
      Frame.verify(ByteBuffer.wrap(header), payload, length, where);
      position += length;
      ByteArrayInputStream records = new ByteArrayInputStream(Snappy.uncompress(payload));
      while (records.available() > 0) {
        sink.accept(codec.decode(records));
      }
    }
  }

  void delete() throws IOException {
    file.close();
  }

  private void flush() throws IOException {
    if (frame.size() == 0) {
      return;
    }
    byte[] compressed = new byte[Snappy.maxCompressedLength(frame.size())];
    int length = Snappy.compress(frame.array(), 0, frame.size(), compressed, 0);
    Bytes framed = new Bytes();
    Frame.write(new DataOutputStream(framed), compressed, length);
    file.append(framed.array(), framed.size());
    frame.reset();
  }

  /** A growing array that can be read without a copy and cut back. */
  private static final class Bytes extends ByteArrayOutputStream {
    byte[] array() {
      return buf;
    }

    void cutTo(int size) {
      count = size;
    }
  }
}
