package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.ByteInput;
import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.util.Arrays;

/** Reads records from frames, one after another. For use by one thread. */
final class RecordCursor {
  private final Frames frames;
  private final long end;
  private long nextFrame;
  private long frameStart;
  private int skipInFrame;
  private byte[] frame = new byte[0];
  private int recordStart;
  private int nextRecord;
  private RecordBounds record;
  private byte[] key = new byte[0];
  private int hash = KeyOrder.hash(key, 0, key.length);

  /** A cursor before the record at {@code offset} within the frame at {@code start}. */
  RecordCursor(Frames frames, long start, int offset, long end) {
    this.frames = frames;
    this.nextFrame = start;
    this.skipInFrame = offset;
    this.end = end;
  }

  /** Moves to the next record; false at the end. */
  boolean next() throws IOException {
    if (nextRecord == frame.length && !nextFrame()) {
      return false;
    }
    recordStart = nextRecord;
    record = RecordBounds.at(frame, recordStart);
    nextRecord = record.valueEnd();
    int from = record.keyStart();
    int to = record.keyEnd();
    if (!Arrays.equals(key, 0, key.length, frame, from, to)) {
      key = Arrays.copyOfRange(frame, from, to);
      hash = KeyOrder.hash(key, 0, key.length);
    }
    return true;
  }

  /** The current record's key; the same array as before if the key is the same. */
  byte[] key() {
    return key;
  }

  /** Of the current record's key. */
  int hash() {
    return hash;
  }

  <T> T value(Codec<T> codec) throws IOException {
    return codec.decode(new ByteInput(frame, record.valueStart(), record.valueLength()));
  }

  /** The bytes that {@link #value} decodes. */
  int valueBytes() {
    return record.valueLength();
  }

  /** Copies the current record. */
  void write(RunWriter out) throws IOException {
    out.writeEncoded(frame, recordStart, nextRecord - recordStart);
  }

  /** A cursor whose first record is the current one of this. */
  RecordCursor fork() {
    return new RecordCursor(frames, frameStart, recordStart, end);
  }

  /** A cursor that starts where this one did; for cursors that were not moved yet. */
  RecordCursor copy() {
    return new RecordCursor(frames, nextFrame, skipInFrame, end);
  }

  private boolean nextFrame() throws IOException {
    if (nextFrame >= end) {
      return false;
    }
    Frames.Content content = frames.at(nextFrame, end);
    frame = content.bytes();
    nextRecord = skipInFrame;
    skipInFrame = 0;
    frameStart = nextFrame;
    nextFrame = content.next();
    return true;
  }
}
