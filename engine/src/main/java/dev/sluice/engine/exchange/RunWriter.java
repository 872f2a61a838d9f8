package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.FrameBuffer;
import dev.sluice.engine.codec.VarInt;
import dev.sluice.engine.memory.TempFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Writes a {@link Run}: records as {@code key length | key | value length | value}, collected into
 * frames of about 64 KiB that are compressed with Snappy. A record lies in one frame.
 */
final class RunWriter {
  private final TempFile file;
  private final long[] ends;
  private final FrameBuffer frame = new FrameBuffer();
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();
  private int partition;

  RunWriter(TempFile file, int partitions) {
    this.file = file;
    this.ends = new long[partitions];
  }

  <T> void write(byte[] key, Codec<T> codec, T record) throws IOException {
    value.reset();
    codec.encode(record, value);
    VarInt.write(key.length, frame);
    frame.write(key, 0, key.length);
    VarInt.write(value.size(), frame);
    value.writeTo(frame);
    if (frame.isFull()) {
      flush();
    }
  }

  void endPartition() throws IOException {
    flush();
    ends[partition++] = file.sizeBytes();
  }

  Run finish() throws IOException {
    file.seal();
    return new Run(file, ends);
  }

  private void flush() throws IOException {
    frame.flush(file::appendFrame);
  }
}
