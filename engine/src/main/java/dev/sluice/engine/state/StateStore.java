package dev.sluice.engine.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Where the state of one stream is while it runs. It does not outlive the process: checkpoints do.
 * Safe for use by many threads; each partition is for one at a time.
 */
public interface StateStore extends AutoCloseable {

  /**
   * A new, empty partition.
   *
   * @param format makes a format for the partition alone; called if state is encoded
   * @param recorded whether it notes what has changed, for {@link StatePartition#changes}
   */
  StatePartition partition(Supplier<StateFormat> format, boolean recorded);

  /** Forgets all partitions, and changes that were not written. */
  @Override
  void close();

  /** A store that keeps objects on the heap. */
  static StateStore onHeap() {
    return new HeapState();
  }

  /**
   * A store that keeps encoded state in a database on disk, for more than the heap has room for.
   *
   * @param folder where the database is made; nothing else is in it
   * @throws IOException if there can be no database, or RocksDB is not there
   */
  static StateStore onDisk(Path folder) throws IOException {
    try {
      Class.forName("org.rocksdb.RocksDB", false, StateStore.class.getClassLoader());
      return DiskState.open(folder);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IOException(
          "state on disk needs RocksDB, which is not on the class path or not made for this"
              + " machine: add the Maven dependency org.rocksdb:rocksdbjni:10.2.1, or keep state on"
              + " the heap",
          e);
    }
  }
}
