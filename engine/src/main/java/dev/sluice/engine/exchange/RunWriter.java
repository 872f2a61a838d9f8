package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.ByteOutput;
import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.memory.TempFile;
import java.io.IOException;

/** Writes a {@link Run}: frames of about 64 KiB, compressed with Snappy. */
final class RunWriter {
  private final TempFile file;
  private final long[] ends;
  private final RecordFrame frame = new RecordFrame(new ByteOutput());
  private int partition;

  RunWriter(TempFile file, int partitions) {
    this.file = file;
    this.ends = new long[partitions];
  }

  <T> void write(byte[] key, Codec<T> codec, T record) throws IOException {
    frame.add(key, codec, record);
    flushIfFull();
  }

  /** Writes whole records that were encoded before. */
  void writeEncoded(byte[] records, int offset, int length) throws IOException {
    frame.addEncoded(records, offset, length);
    flushIfFull();
  }

  void endPartition() throws IOException {
    frame.flush(file::appendFrame);
    ends[partition++] = file.sizeBytes();
  }

  Run finish() throws IOException {
    file.seal();
    return new Run(file, ends);
  }

  private void flushIfFull() throws IOException {
    if (frame.isFull()) {
      frame.flush(file::appendFrame);
    }
  }
}
