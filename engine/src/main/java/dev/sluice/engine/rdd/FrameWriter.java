package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.FrameBuffer;
import java.io.IOException;

/** Writes records as payloads of frames, one after another. For use by one thread. */
final class FrameWriter {
  private final Codec<Object> codec;
  private final FrameBuffer.Sink sink;
  private final FrameBuffer frame = new FrameBuffer();

  FrameWriter(Codec<Object> codec, FrameBuffer.Sink sink) {
    this.codec = codec;
    this.sink = sink;
  }

  void write(Object record) throws IOException {
    codec.encode(record, frame);
    if (frame.isFull()) {
      flush();
    }
  }

  /** Ends the current frame. */
  void flush() throws IOException {
    frame.flush(sink);
  }
}
