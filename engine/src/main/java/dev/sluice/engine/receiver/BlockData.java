package dev.sluice.engine.receiver;

import dev.sluice.engine.memory.Spillable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The records of a complete block. They never change; where they lie may.
 *
 * <p>Safe for use by many threads. Records in memory move to a file when somebody else needs the
 * memory, but not while they are read; they are freed when they are released and not read.
 */
final class BlockData<T> implements BlockContent<T>, Spillable {
  private final BlockStore<T> store;
  private final long count;
  private List<T> records;
  private RecordFile<T> file;
  // Written under the lock, looked at without it: who asks for memory should not wait for a writer.
  private volatile long memoryBytes;
  private volatile int readers;
  private boolean released;
  private boolean freed;

  private BlockData(BlockStore<T> store, long count) {
    this.store = store;
    this.count = count;
  }

  /** Records that have {@code memoryBytes} of the budget. */
  static <T> BlockData<T> inMemory(BlockStore<T> store, List<T> records, long memoryBytes) {
    BlockData<T> data = new BlockData<>(store, records.size());
    data.records = records;
    data.memoryBytes = memoryBytes;
    store.budget().register(data);
    return data;
  }

  /** Records in a sealed file. */
  static <T> BlockData<T> onDisk(BlockStore<T> store, RecordFile<T> file, long count) {
    BlockData<T> data = new BlockData<>(store, count);
    data.file = file;
    return data;
  }

  /** Writes records to a new file, which is deleted if that fails. It is not sealed. */
  static <T> RecordFile<T> write(BlockStore<T> store, List<T> records) throws IOException {
    RecordFile<T> file = new RecordFile<>(store);
    try {
      for (T record : records) {
        file.write(record);
      }
    } catch (IOException | RuntimeException | Error e) {
      delete(file, e);
      throw e;
    }
    return file;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public void forEach(Consumer<? super T> consumer, Block<T> block) {
    List<T> inMemory = beginRead(block);
    try {
      if (inMemory != null) {
        inMemory.forEach(consumer);
      } else {
        file.forEach(consumer::accept);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + block, e);
    } finally {
      endRead();
    }
  }

  /** The records if they are in memory, where they stay until {@link #endRead}. */
  private synchronized List<T> beginRead(Block<T> block) {
    if (released) {
      throw new IllegalStateException(block + " has been released");
    }
    readers++;
    return records;
  }

  private synchronized void endRead() {
    readers--;
    freeIfUnused();
  }

  @Override
  public synchronized void release() {
    released = true;
    freeIfUnused();
  }

  private void freeIfUnused() {
    if (!released || freed || readers > 0) {
      return;
    }
    freed = true;
    giveBack();
    if (file != null) {
      try {
        file.delete();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete the file of a block", e);
      }
    }
  }

  @Override
  public long spillableBytes() {
    return readers == 0 ? memoryBytes : 0;
  }

  @Override
  public synchronized long spill() throws IOException {
    if (records == null || readers > 0) {
      return 0;
    }
    RecordFile<T> spilled = write(store, records);
    try {
      spilled.seal();
    } catch (IOException | RuntimeException | Error e) {
      delete(spilled, e);
      throw e;
    }
    file = spilled;
    return giveBack();
  }

  private long giveBack() {
    long bytes = memoryBytes;
    memoryBytes = 0;
    records = null;
    store.budget().unregister(this);
    store.budget().release(bytes);
    return bytes;
  }

  private static void delete(RecordFile<?> file, Throwable after) {
    try {
      file.delete();
    } catch (IOException e) {
      after.addSuppressed(e);
    }
  }
}
