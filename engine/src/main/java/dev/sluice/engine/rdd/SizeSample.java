package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.EncodedSize;
import java.io.IOException;

/**
 * A guess at the heap bytes of records, from the encoded size of the first and of each 1,024th
 * after it: 64 bytes and twice the encoding. For use by one thread.
 */
final class SizeSample {
  private static final int SAMPLE_MASK = 1023;
  private static final int OBJECT_BYTES = 64;

  private final Codec<Object> codec;
  private long records;
  private long averageBytes;

  SizeSample(Codec<Object> codec) {
    this.codec = codec;
  }

  long of(Object record) throws IOException {
    if ((records++ & SAMPLE_MASK) != 0) {
      return OBJECT_BYTES + 2 * averageBytes;
    }
    long bytes = EncodedSize.of(codec, record);
    averageBytes = records == 1 ? bytes : EncodedSize.average(averageBytes, bytes);
    return OBJECT_BYTES + 2 * bytes;
  }
}
