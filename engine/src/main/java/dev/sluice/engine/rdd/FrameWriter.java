package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.Codec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.xerial.snappy.Snappy;

/**
 * Writes records as payloads of frames: encoded one after another, about 64 KiB at a time, each
 * payload compressed with Snappy. For use by one thread.
 */
final class FrameWriter {
  private static final int FRAME_BYTES = 64 << 10;

  private final Codec<Object> codec;
  private final Sink sink;
  private final Bytes frame = new Bytes();

  FrameWriter(Codec<Object> codec, Sink sink) {
    this.codec = codec;
    this.sink = sink;
  }

  /** Takes payloads. */
  interface Sink {
    /** Takes the first {@code length} of {@code payload}, which is not used again. */
    void frame(byte[] payload, int length) throws IOException;
  }

  void write(Object record) throws IOException {
    codec.encode(record, frame);
    if (frame.size() >= FRAME_BYTES) {
      flush();
    }
  }

  /** Ends the current frame. */
  void flush() throws IOException {
    if (frame.size() == 0) {
      return;
    }
    byte[] compressed = new byte[Snappy.maxCompressedLength(frame.size())];
    int length = Snappy.compress(frame.array(), 0, frame.size(), compressed, 0);
    sink.frame(compressed, length);
    frame.reset();
  }

  /** A growing array that can be read without a copy. */
  private static final class Bytes extends ByteArrayOutputStream {
    byte[] array() {
      return buf;
    }
  }
}
