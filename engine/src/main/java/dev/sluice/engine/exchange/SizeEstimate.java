package dev.sluice.engine.exchange;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A guess at the heap bytes of a record, from the encoded size of the first record and of each
 * 1,024th after it. For use by one thread.
 *
 * <p>Objects take more than their encoding: headers, references, boxes. Each slot is counted with
 * 64 bytes, and encoded bytes twice.
 */
final class SizeEstimate {
  private static final int SAMPLE_MASK = 1023;
  private static final int SLOT_BYTES = 64;

  private final Layout layout;
  private long records;
  private long samples;
  private long sampledBytes;
  private long recordBytes;

  SizeEstimate(Layout layout) {
    this.layout = layout;
  }

  /** The estimate for the record at {@code at}. */
  long of(Object[] slots, int at) throws IOException {
    if ((records++ & SAMPLE_MASK) == 0) {
      return sample(slots, at);
    }
    return recordBytes;
  }

  private long sample(Object[] slots, int at) throws IOException {
    CountingStream counter = new CountingStream();
    layout.encode(slots, at, counter);
    samples++;
    sampledBytes += counter.bytes;
    recordBytes = (long) layout.slots() * SLOT_BYTES + 2 * (sampledBytes / samples);
    return (long) layout.slots() * SLOT_BYTES + 2 * counter.bytes;
  }

  private static final class CountingStream extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] b, int offset, int length) {
      bytes += length;
    }
  }
}
