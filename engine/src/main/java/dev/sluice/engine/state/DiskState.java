package dev.sluice.engine.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Keeps the state of a stream in a database of RocksDB, which is scratch space: it is deleted when
 * it is closed. All partitions share it; the keys of each begin with its number. Safe for use by
 * many threads.
 */
final class DiskState implements StateStore {
  private final Path folder;
  private final DiskOptions options;
  private final RocksDB database;
  private final List<DiskKeys> partitions = new ArrayList<>();
  private final Set<DiskSnapshot> snapshots = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private DiskState(Path folder, DiskOptions options, RocksDB database) {
    this.folder = folder;
    this.options = options;
    this.database = database;
  }

  static DiskState open(Path folder) throws IOException {
    Files.createDirectories(folder);
    try {
      RocksDB.loadLibrary();
    } catch (RuntimeException e) {
      throw new IOException(
          "the native library of RocksDB cannot be loaded: see that there is room in the folder for"
              + " temporary files, or keep state on the heap",
          e);
    }
    DiskOptions options = new DiskOptions();
    try {
      return new DiskState(folder, options, RocksDB.open(options.database(), folder.toString()));
    } catch (RocksDBException e) {
      options.close();
      throw new IOException(
          "there can be no database for state in "
              + folder
              + ": "
              + e.getMessage()
              + "; name another folder for temporary files, or keep state on the heap",
          e);
    }
  }

  @Override
  public synchronized StatePartition partition(Supplier<StateFormat> format, boolean recorded) {
    checkOpen();
    DiskKeys keys = new DiskKeys(this, partitions.size(), format.get(), recorded);
    partitions.add(keys);
    return new StatePartition(keys);
  }

  /** What stands under a key, null if it is not there. */
  byte[] get(byte[] key) {
    checkOpen();
    try {
      return database.get(key);
    } catch (RocksDBException e) {
      throw new UncheckedIOException(failed("read", e));
    }
  }

  /** Visits the keys of a range, as of the range, beginning at {@code from}, until told to stop. */
  void scan(DiskRange range, byte[] from, Predicate<byte[]> goesOn) {
    checkOpen();
    try (RocksIterator at = database.newIterator(range.reading())) {
      for (at.seek(from); at.isValid(); at.next()) {
        if (!goesOn.test(range.rest(at.key()))) {
          return;
        }
      }
      at.status();
    } catch (RocksDBException e) {
      throw new UncheckedIOException(failed("read", e));
    }
  }

  void write(DiskBatch batch) {
    checkOpen();
    try {
      database.write(options.writing(), batch.changes());
    } catch (RocksDBException e) {
      throw new UncheckedIOException(failed("written", e));
    }
  }

  /** Deletes all keys of a range. */
  void clear(DiskRange range) {
    checkOpen();
    try {
      database.deleteRange(options.writing(), range.start(), range.end());
    } catch (RocksDBException e) {
      throw new UncheckedIOException(failed("written", e));
    }
  }

  /** What there is now; the store closes it at its end if nobody else does. */
  DiskSnapshot snapshot() {
    checkOpen();
    DiskSnapshot snapshot = new DiskSnapshot(this, database);
    snapshots.add(snapshot);
    return snapshot;
  }

  void released(DiskSnapshot snapshot) {
    snapshots.remove(snapshot);
  }

  /** How many snapshots nobody has closed. */
  int openSnapshots() {
    return snapshots.size();
  }

  IOException failed(String verb, RocksDBException e) {
    return new IOException(
        "state in "
            + folder
            + " cannot be "
            + verb
            + ": "
            + e.getMessage()
            + "; see that the disk has room and is sound",
        e);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the stream's state in " + folder + " is closed");
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    List.copyOf(snapshots).forEach(DiskSnapshot::close);
    partitions.forEach(DiskKeys::close);
    database.close();
    try {
      RocksDB.destroyDB(folder.toString(), options.database());
    } catch (RocksDBException e) {
      throw new UncheckedIOException(failed("deleted", e));
    } finally {
      options.close();
    }
  }
}
