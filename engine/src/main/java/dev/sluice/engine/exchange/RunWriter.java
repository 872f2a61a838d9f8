package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.Frame;
import dev.sluice.engine.codec.VarInt;
import dev.sluice.engine.memory.TempFile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.xerial.snappy.Snappy;

/**
 * Writes a {@link Run}: records as {@code key length | key | value length | value}, collected into
 * frames of about 64 KiB that are compressed with Snappy. A record lies in one frame.
 */
final class RunWriter {
  private static final int FRAME_BYTES = 64 << 10;

  private final TempFile file;
  private final long[] ends;
  private final Bytes frame = new Bytes();
  private final Bytes value = new Bytes();
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
    if (frame.size() >= FRAME_BYTES) {
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

  /** A growing array that can be read without a copy. */
  private static final class Bytes extends ByteArrayOutputStream {
    byte[] array() {
      return buf;
    }
  }
}
