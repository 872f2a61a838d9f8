package dev.sluice.engine.exchange;

import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.Spillable;
import dev.sluice.engine.memory.TempFile;
import dev.sluice.engine.memory.TempFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one attempt of one task wrote to one exchange: runs, and after them what is in memory.
 *
 * <p>Filled by its writer's thread. Once complete it is never changed but by {@link #spill}, which
 * any thread may call and which has no effect while somebody reads.
 */
public final class Segment implements Spillable {
  private final Layout layout;
  private final MemoryBudget budget;
  private final TempFiles files;
  private final List<Run> runs = new ArrayList<>();
  private final Object[][] slots;
  private final int[] records;
  private long reservedBytes;
  private int readers;
  private boolean complete;

  Segment(Layout layout, int partitions, MemoryBudget budget, TempFiles files) {
    this.layout = layout;
    this.budget = budget;
    this.files = files;
    this.slots = new Object[partitions][];
    this.records = new int[partitions];
  }

  /** One partition of a segment: its runs, then its records in memory. */
  record Part(List<RunCursor> runs, Object[] slots, int records) {}

  void append(int partition, Object first, Object second) {
    Object[] array = slots[partition];
    int width = layout.slots();
    int at = records[partition] * width;
    if (array == null) {
      array = new Object[8 * width];
      slots[partition] = array;
    } else if (at == array.length) {
      array = Arrays.copyOf(array, grown(array.length));
      slots[partition] = array;
    }
    array[at] = first;
    if (width == 2) {
      array[at + 1] = second;
    }
    records[partition]++;
  }

  long lookAtLast(int partition, Sampling sampling) throws IOException {
    return sampling.look(slots[partition], (records[partition] - 1) * layout.slots());
  }

  synchronized void reserved(long bytes) {
    reservedBytes += bytes;
  }

  synchronized long reservedBytes() {
    return reservedBytes;
  }

  /** Ends writing: from now on others may read it, and make it spill. */
  public synchronized void complete() {
    complete = true;
    budget.register(this);
  }

  /** Starts reading partition {@code partition}; to be followed by {@link #endRead}. */
  synchronized Part beginRead(int partition) {
    readers++;
    List<RunCursor> cursors = new ArrayList<>(runs.size());
    for (Run run : runs) {
      if (!run.isEmpty(partition)) {
        cursors.add(run.cursor(partition));
      }
    }
    return new Part(cursors, slots[partition], records[partition]);
  }

  synchronized void endRead() {
    readers--;
  }

  synchronized boolean isEmpty(int partition) {
    return records[partition] == 0 && runs.stream().allMatch(run -> run.isEmpty(partition));
  }

  @Override
  public synchronized long spillableBytes() {
    return complete && readers == 0 ? reservedBytes : 0;
  }

  @Override
  public synchronized long spill() throws IOException {
    return spillableBytes() == 0 ? 0 : spillNow();
  }

  /** Moves all records in memory to a new run. */
  synchronized long spillNow() throws IOException {
    TempFile file = files.create("run");
    try {
      RunWriter writer = new RunWriter(file, slots.length);
      for (int p = 0; p < slots.length; p++) {
        if (records[p] > 0) {
          layout.write(slots[p], records[p], writer);
        }
        writer.endPartition();
      }
      runs.add(writer.finish());
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
    for (int p = 0; p < slots.length; p++) {
      slots[p] = null;
      records[p] = 0;
    }
    return giveBack(reservedBytes);
  }

  /** Forgets what is in memory of {@code partition}: its reader has succeeded. */
  synchronized void drop(int partition) {
    long all = 0;
    for (int count : records) {
      all += count;
    }
    if (records[partition] == 0) {
      return;
    }
    giveBack(reservedBytes * records[partition] / all);
    slots[partition] = null;
    records[partition] = 0;
  }

  /** Gives back all memory and deletes all files. */
  public synchronized void discard() throws IOException {
    budget.unregister(this);
    for (int p = 0; p < slots.length; p++) {
      slots[p] = null;
      records[p] = 0;
    }
    giveBack(reservedBytes);
    for (Run run : runs) {
      run.delete();
    }
    runs.clear();
  }

  private long giveBack(long bytes) {
    budget.release(bytes);
    reservedBytes -= bytes;
    return bytes;
  }

  private static int grown(int length) {
    return length < 1 << 20 ? 2 * length : length + (length >> 1) & ~1;
  }
}
