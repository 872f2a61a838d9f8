package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.ByteOutput;
import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The records of {@link Pages} whose keys have similar hashes, in the order in which they came. */
final class Bucket {
  private final List<KeyedRecords.Encoded> sheets = new ArrayList<>();
  private final long pageBytes;
  private final RecordFrame open;
  private List<byte[]> pages = new ArrayList<>();
  private int sheetRecords;
  private long records;

  /** Pages of about {@code pageBytes}; values are encoded in {@code scratch} first. */
  Bucket(long pageBytes, ByteOutput scratch) {
    this.pageBytes = pageBytes;
    this.open = new RecordFrame(scratch);
  }

  /** Appends a record; returns its bytes. */
  <T> int add(byte[] key, Codec<T> codec, T record) throws IOException {
    int before = open.sizeBytes();
    open.add(key, codec, record);
    int added = open.sizeBytes() - before;
    records++;
    sheetRecords++;
    if (open.sizeBytes() >= pageBytes) {
      pages.add(open.take());
      if (sheetRecords >= KeyedRecords.Encoded.MAX_SORTED) {
        endSheet();
      }
    }
    return added;
  }

  /** Ends filling; returns the records in parts that are not too large to be sorted. */
  List<KeyedRecords.Encoded> sealed() {
    if (open.sizeBytes() > 0) {
      pages.add(open.take());
    }
    if (sheetRecords > 0) {
      endSheet();
    }
    return List.copyOf(sheets);
  }

  /** How many records it has. */
  long records() {
    return records;
  }

  private void endSheet() {
    sheets.add(new KeyedRecords.Encoded(List.copyOf(pages), sheetRecords));
    pages = new ArrayList<>();
    sheetRecords = 0;
  }
}
