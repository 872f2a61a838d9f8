package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.exchange.Layout.SortedRecord;
import java.io.IOException;

/** Records in the order of their encoded keys. For use by one thread. */
sealed interface KeyedCursor {

  /** Moves to the next record; false at the end. */
  boolean next() throws IOException;

  byte[] key();

  Object value(Codec<Object> codec) throws IOException;

  /** A cursor of its own whose first record is this one's current record. */
  KeyedCursor fork();

  /** A cursor that starts where this one did; for cursors that were not moved yet. */
  KeyedCursor copy();

  /** Over a run on disk. */
  record OnDisk(RunCursor cursor) implements KeyedCursor {
    @Override
    public boolean next() throws IOException {
      return cursor.next();
    }

    @Override
    public byte[] key() {
      return cursor.key();
    }

    @Override
    public Object value(Codec<Object> codec) throws IOException {
      return cursor.value(codec);
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

  /** Over records that were sorted in memory. */
  final class InMemory implements KeyedCursor {
    private final SortedRecord[] records;
    private int at;

    InMemory(SortedRecord[] records, int start) {
      this.records = records;
      this.at = start - 1;
    }

    @Override
    public boolean next() {
      return ++at < records.length;
    }

    @Override
    public byte[] key() {
      return records[at].key();
    }

    @Override
    public Object value(Codec<Object> codec) {
      return records[at].value();
    }

    @Override
    public KeyedCursor fork() {
      return new InMemory(records, at);
    }

    @Override
    public KeyedCursor copy() {
      return new InMemory(records, at + 1);
    }
  }
}
