package dev.sluice.engine.state;

import java.io.IOException;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/**
 * What a database has had at one moment, read by one thread. Another may close it meanwhile, which
 * gives the reader an exception: native memory must not be read when it is gone.
 */
final class DiskSnapshot implements AutoCloseable {
  private final DiskState store;
  private final RocksDB database;
  private final Snapshot snapshot;
  private final ReadOptions reading;
  private DiskRange range;
  private RocksIterator at;
  private boolean begun;
  private boolean closed;

  DiskSnapshot(DiskState store, RocksDB database) {
    this.store = store;
    this.database = database;
    this.snapshot = database.getSnapshot();
    // All of it is read once: what batches need should stay in the cache.
    this.reading = new ReadOptions().setSnapshot(snapshot).setFillCache(false);
  }

  /** Goes before the first key of a range; to be called once. */
  synchronized void begin(DiskRange of) throws IOException {
    checkOpen();
    range = of;
    at = database.newIterator(of.bounded(reading));
    at.seek(of.start());
  }

  /** Goes to the next key of the range, and returns it as of the range; null at the end. */
  synchronized byte[] next() throws IOException {
    checkOpen();
    if (begun) {
      at.next();
    }
    begun = true;
    if (at.isValid()) {
      return range.rest(at.key());
    }
    try {
      at.status();
    } catch (RocksDBException e) {
      throw store.failed("read", e);
    }
    return null;
  }

  /** What stands under the key that {@link #next} has come to. */
  synchronized byte[] value() throws IOException {
    checkOpen();
    return at.value();
  }

  /** What stands under a key, null if it is not there. */
  synchronized byte[] get(byte[] key) throws IOException {
    checkOpen();
    try {
      return database.get(reading, key);
    } catch (RocksDBException e) {
      throw store.failed("read", e);
    }
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw new IOException("the stream was closed before its state was written to a checkpoint");
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (at != null) {
      at.close();
    }
    reading.close();
    database.releaseSnapshot(snapshot);
    // Last: until then the store waits for this before it closes the database.
    store.released(this);
  }
}
