package dev.sluice.engine.state;

import java.util.Arrays;
import org.rocksdb.ReadOptions;
import org.rocksdb.Slice;

/**
 * The part of a database whose keys begin with the same bytes. Iterators that read it stop at its
 * end, and so do not pass what was deleted behind it. Safe for use by many threads.
 */
final class DiskRange implements AutoCloseable {
  private final byte[] prefix;
  private final byte[] end;
  private final Slice bound;
  private final ReadOptions reading;

  /** The last byte of {@code prefix} is not -1. */
  DiskRange(byte[] prefix) {
    this.prefix = prefix;
    this.end = prefix.clone();
    end[end.length - 1]++;
    this.bound = new Slice(end);
    this.reading = bounded(new ReadOptions());
  }

  /** {@code options} for iterators of this range only, which must not outlive it. */
  ReadOptions bounded(ReadOptions options) {
    return options.setIterateUpperBound(bound);
  }

  ReadOptions reading() {
    return reading;
  }

  byte[] start() {
    return prefix;
  }

  /** The first key behind it. */
  byte[] end() {
    return end;
  }

  /** The key that ends with {@code rest}. */
  byte[] key(byte[] rest) {
    byte[] key = Arrays.copyOf(prefix, prefix.length + rest.length);
    System.arraycopy(rest, 0, key, prefix.length, rest.length);
    return key;
  }

  /** What {@code key} has behind the bytes that all have. */
  byte[] rest(byte[] key) {
    return Arrays.copyOfRange(key, prefix.length, key.length);
  }

  @Override
  public void close() {
    reading.close();
    bound.close();
  }
}
