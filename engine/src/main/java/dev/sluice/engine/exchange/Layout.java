package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KeyCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** How the records of an exchange lie in arrays, and how they are written to runs. */
sealed interface Layout {

  /** Array slots that a record takes. */
  int slots();

  /** Encodes the record at {@code at}, for its size only. */
  void encode(Object[] slots, int at, OutputStream out) throws IOException;

  /** Writes {@code records} records of one partition. */
  void write(Object[] slots, int records, RunWriter out) throws IOException;

  /** One slot, in the order of arrival. */
  record Elements(Codec<Object> codec) implements Layout {
    private static final byte[] NO_KEY = new byte[0];

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public void encode(Object[] slots, int at, OutputStream out) throws IOException {
      codec.encode(slots[at], out);
    }

    @Override
    public void write(Object[] slots, int records, RunWriter out) throws IOException {
      for (int i = 0; i < records; i++) {
        out.write(NO_KEY, codec, slots[i]);
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
    public void encode(Object[] slots, int at, OutputStream out) throws IOException {
      out.write(encodedKey(slots[at]));
      valueCodec.encode(slots[at + 1], out);
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
      return keyCodec.consistentWithEquals() ? key : new EncodedKey(key, bytes(key));
    }

    private byte[] encodedKey(Object identity) throws IOException {
      return identity instanceof EncodedKey encoded ? encoded.bytes() : bytes(identity);
    }

    private byte[] bytes(Object key) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream(32);
      keyCodec.encode(key, out);
      return out.toByteArray();
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
