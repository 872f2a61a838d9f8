package dev.sluice.engine.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Changes of a database that are written together. For use by one thread. */
final class DiskBatch implements AutoCloseable {
  private static final byte[] NOTHING = {};

  private final WriteBatch changes = new WriteBatch();

  void put(byte[] key, byte[] value) {
    try {
      changes.put(key, value);
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  /** Adds a key that says all by itself. */
  void put(byte[] key) {
    put(key, NOTHING);
  }

  void delete(byte[] key) {
    try {
      changes.delete(key);
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  /** What it takes outside the heap. */
  long sizeBytes() {
    return changes.getDataSize();
  }

  WriteBatch changes() {
    return changes;
  }

  @Override
  public void close() {
    changes.close();
  }

  private static UncheckedIOException failed(RocksDBException e) {
    return new UncheckedIOException(
        new IOException("a change of state is too large for RocksDB: " + e.getMessage(), e));
  }
}
