package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import dev.sluice.engine.plan.Output;
import java.io.IOException;
import java.util.Iterator;

/**
 * One partition of a persisted dataset, complete. Its records never change; where they lie may.
 *
 * <p>Pins are counted by the block store under its own lock. Everything else is guarded by the
 * block: readers, and the move to disk, which waits for nobody and is not done while one reads.
 */
final class Block {
  private final Key key;
  private final StorageLevel level;
  private final Codec<Object> codec;
  private final MemoryBudget budget;
  private BlockData data;
  // Written under the block's lock, looked at without it: a move to disk must hold up nobody.
  private volatile long memoryBytes;
  private volatile int readers;
  private int pins;

  /** A block that has {@code memoryBytes} of the budget. */
  Block(Key key, StorageLevel level, Codec<Object> codec, MemoryBudget budget, Stored stored) {
    this.key = key;
    this.level = level;
    this.codec = codec;
    this.budget = budget;
    this.data = stored.data();
    this.memoryBytes = stored.memoryBytes();
  }

  /** Which partition of which dataset. */
  record Key(int dataset, int partition) {}

  /** Records and the bytes of the budget that they take. */
  record Stored(BlockData data, long memoryBytes) {}

  Key key() {
    return key;
  }

  StorageLevel level() {
    return level;
  }

  long memoryBytes() {
    return memoryBytes;
  }

  /** Pushes all records to {@code output}. */
  void pushTo(Output<Object> output) {
    Iterator<Object> records = beginRead();
    try {
      while (records.hasNext()) {
        output.emit(records.next());
      }
    } finally {
      endRead();
    }
  }

  private synchronized Iterator<Object> beginRead() {
    readers++;
    return data.iterator(codec);
  }

  private synchronized void endRead() {
    readers--;
  }

  /** Whether {@link #moveToDisk} would free something now. */
  boolean movable() {
    return level.disk() && memoryBytes > 0 && readers == 0;
  }

  /** Moves the records to a temporary file and returns the bytes given back to the budget. */
  synchronized long moveToDisk(TempFiles files) throws IOException {
    if (!movable()) {
      return 0;
    }
    BlockData.OnDisk file = BlockData.OnDisk.create(files);
    try {
      FrameWriter writer = new FrameWriter(codec, file::append);
      Iterator<Object> records = data.iterator(codec);
      while (records.hasNext()) {
        writer.write(records.next());
      }
      writer.flush();
    } catch (IOException | RuntimeException | Error e) {
      file.delete();
      throw e;
    }
    data = file;
    return giveBack();
  }

  /** Gives back memory and deletes the file; returns the bytes given back to the budget. */
  synchronized long free() throws IOException {
    data.delete();
    return giveBack();
  }

  private long giveBack() {
    long bytes = memoryBytes;
    memoryBytes = 0;
    budget.release(bytes);
    return bytes;
  }

  /** Under the store's lock. */
  int pin(int by) {
    pins += by;
    return pins;
  }
}
