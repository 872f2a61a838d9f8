package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.ByteOutput;
import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.FrameBuffer;
import dev.sluice.engine.codec.VarInt;
import java.io.IOException;

/** The frame of {@link Frames} that is being filled. For use by one thread. */
final class RecordFrame {
  private final FrameBuffer frame = new FrameBuffer();
  private final ByteOutput value;

  /** An empty frame; values are encoded in {@code scratch} first. */
  RecordFrame(ByteOutput scratch) {
    this.value = scratch;
  }

  /** Appends a record; nothing of it if the codec throws. */
  <T> void add(byte[] key, Codec<T> codec, T record) throws IOException {
    value.reset();
    codec.encode(record, value);
    VarInt.write(key.length, frame);
    frame.write(key, 0, key.length);
    VarInt.write(value.size(), frame);
    frame.writeAll(value);
  }

  /** Appends whole records that another frame has held. */
  void addEncoded(byte[] records, int offset, int length) {
    frame.write(records, offset, length);
  }

  boolean isFull() {
    return frame.isFull();
  }

  int sizeBytes() {
    return frame.size();
  }

  /** Hands on what it holds, compressed, and is empty again. */
  void flush(FrameBuffer.Sink sink) throws IOException {
    frame.flush(sink);
  }

  /** What it holds, as it is; it is empty again. */
  byte[] take() {
    byte[] content = frame.toByteArray();
    frame.reset();
    return content;
  }
}
