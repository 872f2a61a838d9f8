package dev.sluice.engine.exchange;

import dev.sluice.engine.memory.TempFile;
import java.io.IOException;

/**
 * A temporary file with the records of one spill, partition by partition.
 *
 * @param ends where each partition ends in the file, in bytes
 */
record Run(TempFile file, long[] ends) {

  RunCursor cursor(int partition) {
    long start = partition == 0 ? 0 : ends[partition - 1];
    return new RunCursor(file, start, 0, ends[partition]);
  }

  boolean isEmpty(int partition) {
    return ends[partition] == (partition == 0 ? 0 : ends[partition - 1]);
  }

  void delete() throws IOException {
    file.close();
  }
}
