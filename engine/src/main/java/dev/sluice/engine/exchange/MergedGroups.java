package dev.sluice.engine.exchange;

import dev.sluice.engine.exchange.Segment.Part;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Groups by merging what is sorted: runs, and what lies in memory. A key with many values is not
 * held in memory: its first values are, the rest is read anew by each iteration.
 */
final class MergedGroups {
  private static final int VALUES_IN_MEMORY = 1024;
  private static final int VALUE_BYTES_IN_MEMORY = 1 << 20;

  private final Layout.Keyed layout;
  private final Merge merge;
  private final Runnable check;

  private MergedGroups(Layout.Keyed layout, Merge merge, Runnable check) {
    this.layout = layout;
    this.merge = merge;
    this.check = check;
  }

  /** Of {@code parts}; {@code check} is asked for each value of a key that has many. */
  static MergedGroups of(List<Part> parts, Layout.Keyed layout, Runnable check) throws IOException {
    List<KeyedCursor> cursors = new ArrayList<>();
    List<Pages> adjacent = new ArrayList<>();
    for (Part part : parts) {
      if (!part.hasPagesOnly()) {
        addPages(adjacent, cursors);
      }
      part.runs().forEach(run -> cursors.add(new KeyedCursor.OnDisk(run.copy())));
      if (part.records() > 0) {
        KeyedRecords objects = layout.withKeys(part.slots(), part.records());
        cursors.add(new KeyedCursor.InMemory(List.of(objects)));
      }
      if (part.pages() != null) {
        adjacent.add(part.pages());
      }
    }
    addPages(adjacent, cursors);
    return new MergedGroups(layout, Merge.of(cursors), check);
  }

  /** What one task after another has sent is sorted together, for which nothing is merged. */
  private static void addPages(List<Pages> adjacent, List<KeyedCursor> cursors) {
    if (!adjacent.isEmpty()) {
      for (HashRanges ranges : Pages.ranges(adjacent)) {
        cursors.add(new KeyedCursor.InMemory(ranges.ascending()));
      }
      adjacent.clear();
    }
  }

  void pushTo(Output<Object> output) throws IOException {
    while (merge.current() != null) {
      byte[] key = merge.current().key();
      output.emit(new Group<>(layout.decode(key), values(key)));
      while (merge.at(key)) {
        check.run();
        merge.next();
      }
    }
  }

  private Iterable<Object> values(byte[] key) throws IOException {
    List<Object> first = new ArrayList<>();
    long bytes = 0;
    while (first.size() < VALUES_IN_MEMORY && bytes < VALUE_BYTES_IN_MEMORY && merge.at(key)) {
      first.add(merge.current().value(layout.valueCodec()));
      bytes += merge.current().decodedBytes();
      merge.next();
    }
    if (!merge.at(key)) {
      return first;
    }
    return new LargeValues(first, merge.forksAt(key), key, layout.valueCodec(), check);
  }
}
