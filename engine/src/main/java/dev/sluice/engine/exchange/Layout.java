package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.KeyIdentity;
import java.io.IOException;
import java.util.Arrays;

/** How the records of an exchange lie in arrays, and how they are written to runs. */
sealed interface Layout {

  /** Array slots that a record takes. */
  int slots();

  /** Which of a record's slots holds the value. */
  default int valueSlot() {
    return slots() - 1;
  }

  /** The codec of the values. */
  Codec<Object> valueCodec();

  /** Encoded bytes of the key of the record at {@code at}; 0 if there are no keys. */
  int keyBytes(Object[] slots, int at) throws IOException;

  /** Whether a value has to be copied to be kept. */
  default boolean mustCopy(Object value) {
    return valueCodec().mustCopy(value);
  }

  /** Whether a value is as good as its copy. */
  default boolean isFaithful(Object value, Object copy) {
    return valueCodec().isFaithful(value, copy);
  }

  /** Writes {@code records} records of one partition. */
  void write(Object[] slots, int records, RunWriter out) throws IOException;

  /** One slot, in the order of arrival. */
  record Elements(Codec<Object> valueCodec) implements Layout {
    private static final byte[] NO_KEY = new byte[0];

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public int keyBytes(Object[] slots, int at) {
      return 0;
    }

    @Override
    public void write(Object[] slots, int records, RunWriter out) throws IOException {
      for (int i = 0; i < records; i++) {
        out.write(NO_KEY, valueCodec, slots[i]);
      }
    }
  }

  /**
   * Two slots, the key's identity and the value; sorted by encoded key when written, each key's
   * values in the order of arrival.
   */
  record Keyed(KeyCodec<Object> keyCodec, Codec<Object> valueCodec) implements Layout {

    @Override
    public int slots() {
      return 2;
    }

    @Override
    public int keyBytes(Object[] slots, int at) throws IOException {
      return encodedKey(slots[at]).length;
    }

    @Override
    public void write(Object[] slots, int records, RunWriter out) throws IOException {
      for (SortedRecord record : sorted(slots, records)) {
        out.write(record.key(), valueCodec, record.value());
      }
    }

    /** The records by key bytes, stable. */
    SortedRecord[] sorted(Object[] slots, int records) throws IOException {
      SortedRecord[] sorted = new SortedRecord[records];
      byte[] previous = null;
      for (int i = 0; i < records; i++) {
        byte[] key = encodedKey(slots[2 * i]);
        // Runs of equal keys share one array: a single hot key costs no memory here.
        if (previous != null && Arrays.equals(previous, key)) {
          key = previous;
        }
        sorted[i] = new SortedRecord(key, slots[2 * i + 1]);
        previous = key;
      }
      Arrays.sort(sorted);
      return sorted;
    }

    /** What stands for {@code key} in a hash map. */
    Object identity(Object key) throws IOException {
      return KeyIdentity.of(key, keyCodec);
    }

    /** The key that {@code identity} stands for. */
    Object key(Object identity) throws IOException {
      return KeyIdentity.key(identity, keyCodec);
    }

    Object decode(byte[] key) throws IOException {
      return KeyIdentity.decode(key, keyCodec);
    }

    private byte[] encodedKey(Object identity) throws IOException {
      return KeyIdentity.bytes(identity, keyCodec);
    }
  }

  /** A record with its encoded key; ordered by the key's unsigned bytes. */
  record SortedRecord(byte[] key, Object value) implements Comparable<SortedRecord> {
    @Override
    public int compareTo(SortedRecord other) {
      return key == other.key ? 0 : Arrays.compareUnsigned(key, other.key);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof SortedRecord that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(key);
    }
  }
}
