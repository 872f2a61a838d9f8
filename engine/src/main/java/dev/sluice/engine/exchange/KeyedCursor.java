package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.util.List;

/** Records in {@link KeyOrder}. For use by one thread. */
sealed interface KeyedCursor {

  /** Moves to the next record; false at the end. */
  boolean next() throws IOException;

  byte[] key();

  /** Of the key: what {@link KeyOrder} compares first. */
  int hash();

  Object value(Codec<Object> codec) throws IOException;

  /** How many bytes {@link #value} decodes; 0 if the value is there as an object. */
  int decodedBytes();

  /** Writes the record. */
  void write(Codec<Object> codec, RunWriter out) throws IOException;

  /**
   * A cursor of its own whose first record is this one's current record; has all records of its
   * key.
   */
  KeyedCursor fork();

  /** A cursor that starts where this one did; for cursors that were not moved yet. */
  KeyedCursor copy();

  /** Over a run on disk. */
  record OnDisk(RecordCursor cursor) implements KeyedCursor {
    @Override
    public boolean next() throws IOException {
      return cursor.next();
    }

    @Override
    public byte[] key() {
      return cursor.key();
    }

    @Override
    public int hash() {
      return cursor.hash();
    }

    @Override
    public Object value(Codec<Object> codec) throws IOException {
      return cursor.value(codec);
    }

    @Override
    public int decodedBytes() {
      return cursor.valueBytes();
    }

    @Override
    public void write(Codec<Object> codec, RunWriter out) throws IOException {
      cursor.write(out);
    }

    @Override
    public KeyedCursor fork() {
      return new OnDisk(cursor.fork());
    }

    @Override
    public KeyedCursor copy() {
      return new OnDisk(cursor.copy());
    }
  }

  /** Over records in memory, which are sorted part by part when the cursor comes to them. */
  final class InMemory implements KeyedCursor {
    private static final long[] NOTHING = {};

    private final List<? extends KeyedRecords> parts;
    private int nextPart;
    private KeyedRecords records;
    private long[] order;
    private int at;
    private byte[] key;
    private int hash;

    /** Over {@code parts}; all hashes of one are less than all of the next one. */
    InMemory(List<? extends KeyedRecords> parts) {
      this(parts, null, NOTHING, 0);
    }

    private InMemory(
        List<? extends KeyedRecords> parts, KeyedRecords records, long[] order, int start) {
      this.parts = parts;
      this.records = records;
      this.order = order;
      this.at = start - 1;
    }

    @Override
    public boolean next() {
      at++;
      while (at >= order.length) {
        if (nextPart == parts.size()) {
          return false;
        }
        records = parts.get(nextPart++);
        order = records.inOrder();
        at = 0;
      }
      if (key == null || order[at] < 0) {
        key = records.key(KeyOrder.place(order[at]));
        hash = KeyOrder.hash(key, 0, key.length);
      }
      return true;
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public int hash() {
      return hash;
    }

    @Override
    public Object value(Codec<Object> codec) throws IOException {
      return records.value(KeyOrder.place(order[at]), codec);
    }

    @Override
    public int decodedBytes() {
      return records.decodedBytes(KeyOrder.place(order[at]));
    }

    @Override
    public void write(Codec<Object> codec, RunWriter out) throws IOException {
      records.write(KeyOrder.place(order[at]), codec, out);
    }

    @Override
    public KeyedCursor fork() {
      // The parts that follow have other keys.
      return new InMemory(List.of(), records, order, at);
    }

    @Override
    public KeyedCursor copy() {
      return new InMemory(parts, records, order, at + 1);
    }
  }
}
