package dev.sluice.engine.receiver;

import dev.sluice.engine.memory.MemoryBudget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Collects the records of one block. For use by one thread at a time.
 *
 * <p>Memory is reserved in steps; when a step is refused the block moves to a file, and goes on
 * there. A call that throws leaves the block as it was before it.
 */
final class BlockWriter<T> {
  private static final long MAX_STEP_BYTES = 256 << 10;
  private static final int STEPS_OF_BUDGET = 32;

  private final BlockStore<T> store;
  private final SizeEstimate<T> sizes;
  private final long stepBytes;
  private List<T> records = new ArrayList<>();
  private RecordFile<T> file;
  private long count;
  private long reservedBytes;
  private long pendingBytes;

  BlockWriter(BlockStore<T> store, SizeEstimate<T> sizes) {
    this.store = store;
    this.sizes = sizes;
    this.stepBytes = Math.min(MAX_STEP_BYTES, budget().limitBytes() / STEPS_OF_BUDGET);
  }

  /** A block of all {@code records}. */
  static <T> BlockData<T> write(
      BlockStore<T> store, SizeEstimate<T> sizes, Iterator<? extends T> records)
      throws IOException {
    BlockWriter<T> writer = new BlockWriter<>(store, sizes);
    BlockData<T> data = null;
    try {
      while (records.hasNext()) {
        writer.add(records.next());
      }
      data = writer.finish();
      return data;
    } finally {
      if (data == null) {
        writer.discard();
      }
    }
  }

  long count() {
    return count;
  }

  void add(T record) throws IOException {
    if (file == null) {
      long bytes = pendingBytes + sizes.of(record);
      if (bytes <= stepBytes) {
        pendingBytes = bytes;
      } else if (!reserve(bytes)) {
        moveToFile();
      }
    }
    if (file == null) {
      records.add(record);
    } else {
      file.write(record);
    }
    count++;
  }

  /** Ends the block, which has at least one record. */
  BlockData<T> finish() throws IOException {
    if (file == null && !reserve(pendingBytes)) {
      moveToFile();
    }
    if (file == null) {
      return BlockData.inMemory(store, records, reservedBytes);
    }
    file.seal();
    return BlockData.onDisk(store, file, count);
  }

  /** Gives everything back; the block is not to be used any more. */
  void discard() throws IOException {
    forget();
    if (file != null) {
      file.delete();
    }
  }

  private boolean reserve(long bytes) throws IOException {
    if (!budget().reserve(bytes)) {
      return false;
    }
    reservedBytes += bytes;
    pendingBytes = 0;
    return true;
  }

  private void moveToFile() throws IOException {
    file = BlockData.write(store, records);
    forget();
  }

  /** Forgets what is in memory. */
  private void forget() {
    records = null;
    budget().release(reservedBytes);
    reservedBytes = 0;
    pendingBytes = 0;
  }

  private MemoryBudget budget() {
    return store.budget();
  }
}
