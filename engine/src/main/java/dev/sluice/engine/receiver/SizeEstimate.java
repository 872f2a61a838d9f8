package dev.sluice.engine.receiver;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.EncodedSize;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A guess at the heap bytes of a receiver's records: an object's overhead and twice what some of
 * them took when encoded. Safe for use by many threads, which may blur the average.
 */
final class SizeEstimate<T> {
  private static final int SAMPLED_ONE_IN = 256;
  private static final int OBJECT_BYTES = 64;

  private final Codec<T> codec;
  private final AtomicLong records = new AtomicLong();
  private volatile long averageBytes;

  SizeEstimate(Codec<T> codec) {
    this.codec = codec;
  }

  long of(T record) throws IOException {
    long number = records.getAndIncrement();
    if (number % SAMPLED_ONE_IN != 0) {
      return OBJECT_BYTES + 2 * averageBytes;
    }
    long bytes = EncodedSize.of(codec, record);
    averageBytes = number == 0 ? bytes : EncodedSize.average(averageBytes, bytes);
    return OBJECT_BYTES + 2 * bytes;
  }
}
