package dev.sluice.engine.state;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.Function;

/**
 * What a partition's keys have come to since an earlier time, or all that it has. It can be written
 * while batches go on, and is as of before them. What one store has written can be read into
 * another.
 *
 * <pre>
 *   next number | then for each key: 1 | key | gone: 0
 *                                            or: 1 | cells: count, each: address | hold | content
 *                                                    timers: count, each: id | domain | timestamp
 *                                                                         | hold | order
 *               | 0
 * </pre>
 */
public sealed interface StateChanges permits HeapChanges, DiskChanges {

  /** Writes them; to be called once, before the store is closed. */
  void write(StateFormat format, DataOutputStream out) throws IOException;

  /**
   * Reads what {@link #write} wrote in the same format, key by key, into the partition of each.
   *
   * @param partitions gives the partition of a key by its identity
   */
  static void readInto(
      Function<Object, StatePartition> partitions, StateFormat format, DataInputStream in)
      throws IOException {
    long nextNumber = in.readLong();
    StateReader reader = new StateReader(format, in);
    while (reader.next()) {
      partitions.apply(reader.identity()).restore(reader.identity(), reader.entry(), nextNumber);
    }
  }
}
