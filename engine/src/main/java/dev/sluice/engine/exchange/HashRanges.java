package dev.sluice.engine.exchange;

import java.io.IOException;
import java.util.List;

/**
 * Encoded records in parts each of which is sorted by itself: all hashes of one are less than all
 * of the next.
 */
record HashRanges(List<KeyedRecords.Encoded> ascending) {
  /** Writes them in the order of {@code layout}. */
  void write(Layout layout, RunWriter out) throws IOException {
    for (KeyedRecords.Encoded range : ascending) {
      layout.write(range, out);
    }
  }
}
