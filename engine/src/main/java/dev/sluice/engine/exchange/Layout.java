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

  /** Whether records are brought in {@link KeyOrder}. */
  boolean sorts();

  /** Encodes a record; returns the bytes that it takes, here and while it is read. */
  long encode(Object first, Object second, Pages into) throws IOException;

  /** Writes {@code records} records of one partition. */
  void write(Object[] slots, int records, RunWriter out) throws IOException;

  /** Writes encoded records of one partition. */
  void write(KeyedRecords.Encoded records, RunWriter out) throws IOException;

  /** One slot, in the order of arrival. */
  record Elements(Codec<Object> valueCodec) implements Layout {
    private static final byte[] NO_KEY = new byte[0];

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public boolean sorts() {
      return false;
    }

    @Override
    public int keyBytes(Object[] slots, int at) {
      return 0;
    }

    @Override
    public long encode(Object first, Object second, Pages into) throws IOException {
      return into.add(NO_KEY, valueCodec, first, 0);
    }

    @Override
    public void write(Object[] slots, int records, RunWriter out) throws IOException {
      for (int i = 0; i < records; i++) {
        out.write(NO_KEY, valueCodec, slots[i]);
      }
    }

    @Override
    public void write(KeyedRecords.Encoded records, RunWriter out) throws IOException {
      for (byte[] page : records.pages()) {
        out.writeEncoded(page, 0, page.length);
      }
    }
  }

  /** Two slots, the key's identity and the value; in {@link KeyOrder} when written. */
  record Keyed(KeyCodec<Object> keyCodec, Codec<Object> valueCodec) implements Layout {
    /** What a record's place takes while {@link KeyedCursor.InMemory} has sorted it. */
    private static final int ORDER_BYTES = Long.BYTES;

    @Override
    public int slots() {
      return 2;
    }

    @Override
    public boolean sorts() {
      return true;
    }

    @Override
    public int keyBytes(Object[] slots, int at) throws IOException {
      return encodedKey(slots[at]).length;
    }

    @Override
    public long encode(Object first, Object second, Pages into) throws IOException {
      return into.add(encodedKey(first), valueCodec, second, ORDER_BYTES);
    }

    @Override
    public void write(Object[] slots, int records, RunWriter out) throws IOException {
      writeSorted(withKeys(slots, records), out);
    }

    @Override
    public void write(KeyedRecords.Encoded records, RunWriter out) throws IOException {
      writeSorted(records, out);
    }

    private void writeSorted(KeyedRecords records, RunWriter out) throws IOException {
      for (long place : records.inOrder()) {
        records.write(KeyOrder.place(place), valueCodec, out);
      }
    }

    KeyedRecords withKeys(Object[] slots, int records) throws IOException {
      byte[][] keys = new byte[records][];
      byte[] previous = null;
      for (int i = 0; i < records; i++) {
        byte[] key = encodedKey(slots[2 * i]);
        // Neighbours with equal keys share one array: a single hot key costs no memory here.
        keys[i] = previous != null && Arrays.equals(previous, key) ? previous : key;
        previous = keys[i];
      }
      return new KeyedRecords.Objects(keys, slots);
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
}
