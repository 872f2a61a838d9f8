package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.ByteOutput;
import dev.sluice.engine.memory.FirstFailure;
import dev.sluice.engine.memory.Spillable;
import dev.sluice.engine.memory.TempFile;
import dev.sluice.engine.memory.TempFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one attempt of one task wrote to one exchange: runs, after them objects in memory, after
 * those encoded records in memory.
 *
 * <p>Filled by its writer's thread. Once complete it is never changed but by {@link #spill}, which
 * any thread may call and which has no effect while somebody reads.
 */
public final class Segment implements Spillable {
  /**
   * With more runs, those of a sorted partition are merged: whoever reads them all has a frame of
   * each.
   */
  private static final int MAX_RUNS = 32;

  private final Layout layout;
  private final ExchangeMemory memory;
  private final TempFiles files;
  private final List<Run> runs = new ArrayList<>();
  private final Object[][] slots;
  private final int[] records;
  private final Pages[] pages;
  private final ByteOutput scratch = new ByteOutput();
  private long reservedBytes;
  private int readers;
  private boolean complete;

  Segment(Layout layout, int partitions, ExchangeMemory memory, TempFiles files) {
    this.layout = layout;
    this.memory = memory;
    this.files = files;
    this.slots = new Object[partitions][];
    this.records = new int[partitions];
    this.pages = new Pages[partitions];
  }

  /**
   * One partition of a segment, in the order in which it was filled.
   *
   * @param pages null if there are none
   */
  record Part(List<RecordCursor> runs, Object[] slots, int records, Pages pages) {
    boolean hasPagesOnly() {
      return runs.isEmpty() && records == 0;
    }

    boolean hasObjectsOnly() {
      return runs.isEmpty() && pages == null;
    }
  }

  /** Appends a record as it is, before any is encoded; returns an estimate of its bytes. */
  long append(int partition, Object first, Object second, Sampling sampling) throws IOException {
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
    return sampling.look(array, at);
  }

  /** Appends a record encoded; returns the bytes that it takes, here and while it is read. */
  long encode(int partition, Object first, Object second) throws IOException {
    if (pages[partition] == null) {
      int buckets = layout.sorts() ? memory.buckets(pages.length) : 1;
      pages[partition] = new Pages(buckets, memory.pageBytes(pages.length * buckets), scratch);
    }
    return layout.encode(first, second, pages[partition]);
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
    memory.budget().register(this);
  }

  /** Starts reading partition {@code partition}; to be followed by {@link #endRead}. */
  synchronized Part beginRead(int partition) {
    readers++;
    List<RecordCursor> cursors = new ArrayList<>(runs.size());
    for (Run run : runs) {
      if (!run.isEmpty(partition)) {
        cursors.add(run.cursor(partition));
      }
    }
    return new Part(cursors, slots[partition], records[partition], pages[partition]);
  }

  synchronized void endRead() {
    readers--;
  }

  synchronized boolean isEmpty(int partition) {
    return records[partition] == 0
        && pages[partition] == null
        && runs.stream().allMatch(run -> run.isEmpty(partition));
  }

  @Override
  public synchronized long spillableBytes() {
    return complete && readers == 0 ? reservedBytes : 0;
  }

  @Override
  public synchronized long spill() throws IOException {
    return spillableBytes() == 0 ? 0 : spillNow();
  }

  /** Ends writing. */
  synchronized void finish() throws IOException {
    seal();
    while (layout.sorts() && runs.size() > MAX_RUNS) {
      for (int from = 0; from < runs.size(); from++) {
        merge(runs.subList(from, Math.min(from + MAX_RUNS, runs.size())));
      }
    }
  }

  /** Makes {@code some} neighbours one. */
  private void merge(List<Run> some) throws IOException {
    List<Run> old = List.copyOf(some);
    Run merged =
        run(
            (partition, out) -> {
              List<KeyedCursor> cursors = new ArrayList<>();
              for (Run each : old) {
                cursors.add(new KeyedCursor.OnDisk(each.cursor(partition)));
              }
              Merge.of(cursors).writeTo(out, layout.valueCodec());
            });
    some.clear();
    some.add(merged);
    delete(old);
  }

  private void seal() {
    for (Pages each : pages) {
      if (each != null) {
        each.seal();
      }
    }
  }

  /** Moves all records in memory to runs. */
  synchronized long spillNow() throws IOException {
    seal();
    runs.addAll(spilled());
    forgetObjects();
    Arrays.fill(pages, null);
    return giveBack(reservedBytes);
  }

  /** New runs of all that is in memory, in its order. */
  private List<Run> spilled() throws IOException {
    List<Run> made = new ArrayList<>();
    try {
      if (IntStream.of(records).anyMatch(count -> count > 0)) {
        made.add(run((partition, out) -> layout.write(slots[partition], records[partition], out)));
      }
      List<List<HashRanges>> ranges = Stream.of(pages).map(Segment::ranges).toList();
      int most = ranges.stream().mapToInt(List::size).max().orElse(0);
      for (int i = 0; i < most; i++) {
        int at = i;
        made.add(run((partition, out) -> write(ranges.get(partition), at, out)));
      }
      return made;
    } catch (IOException | RuntimeException | Error e) {
      try {
        delete(made);
      } catch (IOException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  /** Writes one partition of a run. */
  private interface PartitionWriter {
    void write(int partition, RunWriter out) throws IOException;
  }

  private static List<HashRanges> ranges(Pages pages) {
    return pages == null ? List.of() : Pages.ranges(List.of(pages));
  }

  private void write(List<HashRanges> ranges, int at, RunWriter out) throws IOException {
    if (at < ranges.size()) {
      ranges.get(at).write(layout, out);
    }
  }

  private Run run(PartitionWriter partitions) throws IOException {
    TempFile file = files.create("run");
    try {
      RunWriter writer = new RunWriter(file, slots.length);
      for (int p = 0; p < slots.length; p++) {
        partitions.write(p, writer);
        writer.endPartition();
      }
      return writer.finish();
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** Forgets what is in memory of {@code partition}: its reader has succeeded. */
  synchronized void drop(int partition) {
    long objects = IntStream.of(records).asLongStream().sum();
    if (records[partition] > 0) {
      giveBack((reservedBytes - encodedBytes()) * records[partition] / objects);
      slots[partition] = null;
      records[partition] = 0;
    }
    if (pages[partition] != null) {
      giveBack(pages[partition].bytes());
      pages[partition] = null;
    }
  }

  /** Gives back all memory and deletes all files. */
  public synchronized void discard() throws IOException {
    memory.budget().unregister(this);
    forgetObjects();
    Arrays.fill(pages, null);
    giveBack(reservedBytes);
    delete(runs);
    runs.clear();
  }

  private static void delete(List<Run> runs) throws IOException {
    FirstFailure<IOException> failure = new FirstFailure<>();
    for (Run run : runs) {
      try {
        run.delete();
      } catch (IOException e) {
        failure.add(e);
      }
    }
    failure.throwIfAny();
  }

  private void forgetObjects() {
    Arrays.fill(slots, null);
    Arrays.fill(records, 0);
  }

  private long encodedBytes() {
    return Stream.of(pages).filter(Objects::nonNull).mapToLong(Pages::bytes).sum();
  }

  private long giveBack(long bytes) {
    memory.release(bytes);
    reservedBytes -= bytes;
    return bytes;
  }

  private static int grown(int length) {
    return length < 1 << 20 ? 2 * length : length + (length >> 1) & ~1;
  }
}
