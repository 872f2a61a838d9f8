package dev.sluice.engine.checkpoint;

import dev.sluice.engine.codec.CorruptFrameException;
import dev.sluice.engine.codec.Frame;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the frames of one segment. For use by one thread.
 *
 * <p>A crash leaves what was synced, and behind it anything, also whole frames behind others that
 * are not. So a frame that is not whole ends the segment, unless one behind it says that more was
 * synced, or the segment is known to be longer: then it is damaged.
 */
final class SegmentReader {
  /** What comes before a record: its kind, and how much was synced. */
  static final int PREFIX_BYTES = 1 + Long.BYTES;

  private final BufferedInputStream in;
  private final String name;
  private long position;
  private boolean torn;

  SegmentReader(InputStream in, String name) {
    this.in = new BufferedInputStream(in);
    this.name = name;
  }

  /**
   * The next payload, never empty; null at the end.
   *
   * @param end where the segment is known to end, -1 if it is not known
   */
  byte[] next(long end) throws IOException {
    if (torn || (end >= 0 && position >= end)) {
      return null;
    }
    // So that what was read is there again if it is no frame.
    in.mark(Integer.MAX_VALUE);
    byte[] payload;
    try {
      payload = Frame.read(in, end < 0 ? Long.MAX_VALUE : end - position, where());
      if (end >= 0 && payload == null) {
        throw new CorruptFrameException(where() + ": cut off");
      }
      if (payload != null && payload.length < PREFIX_BYTES) {
        throw new CorruptFrameException(where() + ": too short for a record");
      }
    } catch (CorruptFrameException e) {
      if (end >= 0 || syncedBehind() > position) {
        throw e;
      }
      torn = true;
      return null;
    }
    position += payload == null ? 0 : Frame.HEADER_BYTES + payload.length;
    return payload;
  }

  /** The most that a whole frame says was synced, anywhere behind the first byte read last. */
  private long syncedBehind() throws IOException {
    in.reset();
    byte[] bytes = in.readAllBytes();
    long most = 0;
    for (int at = 1; at + Frame.HEADER_BYTES < bytes.length; at++) {
      most = Math.max(most, synced(bytes, at));
    }
    return most;
  }

  /** What the frame at {@code at} says, 0 if there is none. */
  private static long synced(byte[] bytes, int at) {
    ByteBuffer header = ByteBuffer.wrap(bytes, at, Frame.HEADER_BYTES).slice();
    int start = at + Frame.HEADER_BYTES;
    try {
      int length = Frame.payloadLength(header, bytes.length - start, "");
      if (length < PREFIX_BYTES || bytes[start] == JournalFormat.HEADER) {
        return 0;
      }
      byte[] payload = Arrays.copyOfRange(bytes, start, start + length);
      Frame.verify(header, payload, length, "");
      return ByteBuffer.wrap(payload).getLong(1);
    } catch (CorruptFrameException e) {
      return 0;
    }
  }

  /** Whether bytes were left out that are no frame. */
  boolean isTorn() {
    return torn;
  }

  /** How many bytes the frames have that were read. */
  long position() {
    return position;
  }

  /** The place of the next frame, for messages. */
  String where() {
    return name + " at byte " + position;
  }
}
