package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.EncodedSize;
import java.io.IOException;

/**
 * What is learned from the first record that an attempt writes and from each 1,024th after it: how
 * large records are, and whether they survive their codec. For use by one thread.
 *
 * <p>Objects take more than their encoding: headers, references, boxes. Each slot is counted with
 * 64 bytes, and encoded bytes twice.
 *
 * <p>A sampled value is written and read again. If the copy is not the same - the codec drops
 * something - then from here on every value is replaced by its copy, as if it had spilled.
 */
final class Sampling {
  private static final int SAMPLE_MASK = 1023;
  private static final int SLOT_BYTES = 64;

  private final Layout layout;
  private long records;
  private long averageBytes;
  private long recordBytes;
  private boolean copying;

  Sampling(Layout layout) {
    this.layout = layout;
  }

  /** Looks at the record at {@code at}, may replace its value, and estimates its heap bytes. */
  long look(Object[] slots, int at) throws IOException {
    if ((records++ & SAMPLE_MASK) == 0) {
      return sample(slots, at);
    }
    if (copying || layout.mustCopy(slots[at + layout.valueSlot()])) {
      return heapBytes(copy(slots, at));
    }
    return recordBytes;
  }

  private long sample(Object[] slots, int at) throws IOException {
    Object value = slots[at + layout.valueSlot()];
    int bytes = layout.keyBytes(slots, at) + copy(slots, at);
    Object copy = slots[at + layout.valueSlot()];
    if (!layout.mustCopy(value)) {
      copying = copying || !layout.isFaithful(value, copy);
      slots[at + layout.valueSlot()] = copying ? copy : value;
    }
    averageBytes = records == 1 ? bytes : EncodedSize.average(averageBytes, bytes);
    recordBytes = heapBytes(averageBytes);
    return heapBytes(bytes);
  }

  private int copy(Object[] slots, int at) throws IOException {
    int valueAt = at + layout.valueSlot();
    byte[] bytes = layout.valueCodec().toBytes(slots[valueAt]);
    slots[valueAt] = layout.valueCodec().fromBytes(bytes);
    return bytes.length;
  }

  private long heapBytes(long encodedBytes) {
    return (long) layout.slots() * SLOT_BYTES + 2 * encodedBytes;
  }
}
