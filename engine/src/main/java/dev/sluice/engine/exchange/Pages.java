package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Encoded records in memory, in the order in which they came. The collector has one array to look
 * after where it would have hundreds of records.
 *
 * <p>Filled by one thread, sealed, then read by many.
 */
final class Pages implements Frames {
  private final List<byte[]> pages = new ArrayList<>();
  private RecordFrame open = new RecordFrame();
  private int records;
  private long bytes;

  /** Appends a record and returns its length in bytes. */
  <T> long add(byte[] key, Codec<T> codec, T record) throws IOException {
    int before = open.sizeBytes();
    open.add(key, codec, record);
    int added = open.sizeBytes() - before;
    records++;
    bytes += added;
    if (open.isFull()) {
      pages.add(open.take());
    }
    return added;
  }

  /** Ends filling. */
  void seal() {
    if (open != null && open.sizeBytes() > 0) {
      pages.add(open.take());
    }
    open = null;
  }

  int records() {
    return records;
  }

  long bytes() {
    return bytes;
  }

  /** The pages, once sealed. */
  List<byte[]> pages() {
    return pages;
  }

  RecordCursor cursor() {
    return new RecordCursor(this, 0, 0, pages.size());
  }

  @Override
  public Content at(long position, long end) {
    return new Content(pages.get((int) position), position + 1);
  }
}
