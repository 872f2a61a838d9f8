package dev.sluice.engine.receiver;

import dev.sluice.engine.codec.ByteInput;
import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.Frame;
import dev.sluice.engine.codec.FrameBuffer;
import dev.sluice.engine.memory.TempFile;
import java.io.IOException;

/**
 * Records in a temporary file: frames of about 64 KiB of encoded records, compressed with Snappy.
 * Written by one thread at a time, sealed, then read by any.
 *
 * <p>A record whose writing throws is not in the file, and those before it still are.
 */
final class RecordFile<T> {
  private final Codec<T> codec;
  private final TempFile file;
  private FrameBuffer frame = new FrameBuffer();

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
      if (frame.isFull()) {
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
    while (position < end) {
      byte[] payload = file.readFrame(position, end);
      position += Frame.HEADER_BYTES + payload.length;
      ByteInput records = new ByteInput(FrameBuffer.content(payload));
      while (records.available() > 0) {
        sink.accept(codec.decode(records));
      }
    }
  }

  void delete() throws IOException {
    file.close();
  }

  private void flush() throws IOException {
    frame.flush(file::appendFrame);
  }
}
