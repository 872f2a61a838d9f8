package dev.sluice.engine.state;

import dev.sluice.engine.time.Watermark;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * An index on disk of keys by a time. For use by one thread at a time.
 *
 * <p>It knows a time that none is before. Reading begins there: what was taken away at earlier
 * times, which a database keeps for a while, is not passed again and again.
 */
final class DiskTimes {
  private final DiskState store;
  private final DiskRange range;
  private long least = Watermark.END;
  private boolean exact = true;

  /** An index without keys, in a range that is empty. */
  DiskTimes(DiskState store, DiskRange range) {
    this.store = store;
    this.range = range;
  }

  /** What is done with a key, as bytes, and its time; false to see no more. */
  @FunctionalInterface
  interface Visit {
    boolean at(long time, byte[] key);
  }

  /** Moves a key; null stands for no time. */
  void move(DiskBatch batch, Long from, Long to, byte[] key) {
    if (Objects.equals(from, to)) {
      return;
    }
    if (from != null) {
      batch.delete(range.key(encoded(from, key)));
      exact &= from != least;
    }
    if (to != null) {
      batch.put(range.key(encoded(to, key)));
      if (to <= least) {
        least = to;
        exact = true;
      }
    }
  }

  /** The first time, once all batches are written; {@link Watermark#END} if there is none. */
  long first() {
    if (!exact) {
      long from = least;
      least = Watermark.END;
      exact = true;
      scan(
          from,
          (time, key) -> {
            least = time;
            return false;
          });
    }
    return least;
  }

  /** Visits the keys in the order of their times, once all batches are written. */
  void forEach(Visit visit) {
    scan(first(), visit);
  }

  private void scan(long from, Visit visit) {
    store.scan(
        range,
        range.key(encoded(from, new byte[0])),
        rest -> {
          ByteBuffer entry = ByteBuffer.wrap(rest);
          // Signed numbers in the order of unsigned bytes.
          long time = entry.getLong() ^ Long.MIN_VALUE;
          byte[] key = new byte[entry.remaining()];
          entry.get(key);
          return visit.at(time, key);
        });
  }

  private static byte[] encoded(long time, byte[] key) {
    return ByteBuffer.allocate(Long.BYTES + key.length)
        .putLong(time ^ Long.MIN_VALUE)
        .put(key)
        .array();
  }
}
