package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.ByteOutput;
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
  /** Sheets are sorted one at a time; what that takes is not counted. */
  private static final int MAX_SHEET_RECORDS = 1 << 20;

  private final List<byte[]> pages = new ArrayList<>();
  private final List<KeyedRecords.Encoded> sheets = new ArrayList<>();
  private final long pageBytes;
  private RecordFrame open;
  private int sheetStart;
  private int sheetRecords;
  private long bytes;

  /** Pages of about {@code pageBytes}; values are encoded in {@code scratch} first. */
  Pages(long pageBytes, ByteOutput scratch) {
    this.pageBytes = pageBytes;
    this.open = new RecordFrame(scratch);
  }

  /** Appends a record; returns its bytes and {@code more}, which count with them. */
  <T> long add(byte[] key, Codec<T> codec, T record, int more) throws IOException {
    int before = open.sizeBytes();
    open.add(key, codec, record);
    long added = (long) open.sizeBytes() - before + more;
    sheetRecords++;
    bytes += added;
    if (open.sizeBytes() >= pageBytes) {
      pages.add(open.take());
      if (sheetRecords >= MAX_SHEET_RECORDS) {
        endSheet();
      }
    }
    return added;
  }

  /** Ends filling. */
  void seal() {
    if (open == null) {
      return;
    }
    if (open.sizeBytes() > 0) {
      pages.add(open.take());
    }
    if (sheetRecords > 0) {
      endSheet();
    }
    open = null;
  }

  /** All that {@link #add} has returned. */
  long bytes() {
    return bytes;
  }

  /** The records once sealed, in parts that are large and not too large to be sorted. */
  List<KeyedRecords.Encoded> sheets() {
    return sheets;
  }

  RecordCursor cursor() {
    return new RecordCursor(this, 0, 0, pages.size());
  }

  @Override
  public Content at(long position, long end) {
    return new Content(pages.get((int) position), position + 1);
  }

  private void endSheet() {
    sheets.add(
        new KeyedRecords.Encoded(
            List.copyOf(pages.subList(sheetStart, pages.size())), sheetRecords));
    sheetStart = pages.size();
    sheetRecords = 0;
  }
}
