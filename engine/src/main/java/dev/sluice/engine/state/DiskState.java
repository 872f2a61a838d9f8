package dev.sluice.engine.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

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

  /** What is done with the database while it is open. */
  private interface Access<T> {
    T of() throws RocksDBException;
  }

  /**
   * Does something with the database. An attempt that was told to stop may still be at work when
   * the stream closes, and RocksDB takes the process down that asks a closed database.
   */
  private <T> T open(String verb, Access<T> access) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the stream's state in " + folder + " is closed");
      }
      return access.of();
    } catch (RocksDBException e) {
      throw new UncheckedIOException(failed(verb, e));
    } finally {
      use.readLock().unlock();
    }
  }

  @Override
  public StatePartition partition(Supplier<StateFormat> format, boolean recorded) {
    return open(
        "read",
        () -> {
          synchronized (partitions) {
            DiskKeys keys = new DiskKeys(this, partitions.size(), format.get(), recorded);
            partitions.add(keys);
            return new StatePartition(keys);
          }
        });
  }

  /** What stands under a key, null if it is not there. */
  byte[] get(byte[] key) {
    return open("read", () -> database.get(key));
  }

  /** Visits the keys of a range, as of the range, beginning at {@code from}, until told to stop. */
  void scan(DiskRange range, byte[] from, Predicate<byte[]> goesOn) {
    open(
        "read",
        () -> {
          try (RocksIterator at = database.newIterator(range.reading())) {
            at.seek(from);
            while (at.isValid() && goesOn.test(range.rest(at.key()))) {
              at.next();
            }
            at.status();
          }
          return null;
        });
  }

  void write(DiskBatch batch) {
    open(
        "written",
        () -> {
          database.write(options.writing(), batch.changes());
          return null;
        });
  }

  /** Deletes all keys of a range. */
  void clear(DiskRange range) {
    open(
        "written",
        () -> {
          database.deleteRange(options.writing(), range.start(), range.end());
          return null;
        });
  }

  /** What there is now; the store closes it at its end if nobody else does. */
  DiskSnapshot snapshot() {
    return open(
        "read",
        () -> {
          DiskSnapshot snapshot = new DiskSnapshot(this, database);
          snapshots.add(snapshot);
          return snapshot;
        });
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

  /** Nobody is at work any more who could ask the database again; true the first time. */
  private boolean end() {
    use.writeLock().lock();
    try {
      boolean first = !closed;
      closed = true;
      return first;
    } finally {
      use.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    if (!end()) {
      return;
    }
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
