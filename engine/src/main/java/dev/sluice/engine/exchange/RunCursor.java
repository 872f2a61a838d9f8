package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.Frame;
import dev.sluice.engine.codec.FrameBuffer;
import dev.sluice.engine.memory.TempFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/** Reads the records of one partition of a run, one after another. For use by one thread. */
final class RunCursor {
  private final TempFile file;
  private final long end;
  private long nextFrame;
  private long frameStart;
  private int skipInFrame;
  private byte[] frame = new byte[0];
  private int position;
  private int recordStart;
  private byte[] key = new byte[0];
  private int valueStart;
  private int valueLength;

  /** A cursor before the record at {@code offset} within the frame at {@code start}. */
  RunCursor(TempFile file, long start, int offset, long end) {
    this.file = file;
    this.nextFrame = start;
    this.skipInFrame = offset;
    this.end = end;
  }

  /** Moves to the next record; false at the end. */
  boolean next() throws IOException {
    if (position == frame.length && !nextFrame()) {
      return false;
    }
    recordStart = position;
    int keyLength = readLength();
    if (!Arrays.equals(key, 0, key.length, frame, position, position + keyLength)) {
      key = Arrays.copyOfRange(frame, position, position + keyLength);
    }
    position += keyLength;
    valueLength = readLength();
    valueStart = position;
    position += valueLength;
    return true;
  }

  /** The current record's key; the same array as before if the key is the same. */
  byte[] key() {
    return key;
  }

  <T> T value(Codec<T> codec) throws IOException {
    return codec.decode(new ByteArrayInputStream(frame, valueStart, valueLength));
  }

  /** A cursor whose first record is the current one of this. */
  RunCursor fork() {
    return new RunCursor(file, frameStart, recordStart, end);
  }

  /** A cursor that starts where this one did; for cursors that were not moved yet. */
  RunCursor copy() {
    return new RunCursor(file, nextFrame, skipInFrame, end);
  }

  private boolean nextFrame() throws IOException {
    if (nextFrame >= end) {
      return false;
    }
    byte[] payload = file.readFrame(nextFrame, end);
    frame = FrameBuffer.content(payload);
    position = skipInFrame;
    skipInFrame = 0;
    frameStart = nextFrame;
    nextFrame += Frame.HEADER_BYTES + payload.length;
    return true;
  }

  private int readLength() {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = frame[position++];
      value |= (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }
}
