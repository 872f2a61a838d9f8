package dev.sluice.engine.checkpoint;

import dev.sluice.engine.codec.CorruptFrameException;
import dev.sluice.engine.codec.Frame;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the frames of one segment. For use by one thread.
 *
 * <p>A crash leaves a prefix of what was written, and behind what was synced anything. So a frame
 * that is not whole ends the segment, unless a whole one comes behind it, or the segment is known
 * to be longer: then it is damaged.
 */
final class SegmentReader {
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
    byte[] header = in.readNBytes(Frame.HEADER_BYTES);
    if (header.length == 0 && end < 0) {
      return null;
    }
    byte[] payload = new byte[0];
    try {
      if (header.length < Frame.HEADER_BYTES) {
        throw new CorruptFrameException(where() + ": cut off");
      }
      long left = end < 0 ? Integer.MAX_VALUE : end - position - Frame.HEADER_BYTES;
      int length = Frame.payloadLength(ByteBuffer.wrap(header), left, where());
      // Grows as bytes come, so that a damaged length is no allocation.
      payload = in.readNBytes(length);
      verify(header, payload, length);
    } catch (CorruptFrameException e) {
      if (end >= 0 || frameFollows(header, payload)) {
        throw e;
      }
      torn = true;
      return null;
    }
    position += Frame.HEADER_BYTES + payload.length;
    return payload;
  }

  private void verify(byte[] header, byte[] payload, int length) throws CorruptFrameException {
    if (payload.length < length || length == 0) {
      throw new CorruptFrameException(where() + ": cut off, " + length + " bytes should follow");
    }
    Frame.verify(ByteBuffer.wrap(header), payload, length, where());
  }

  /** Whether there is a whole frame anywhere behind the first byte of what was read last. */
  private boolean frameFollows(byte[] header, byte[] payload) throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    rest.writeBytes(header);
    rest.writeBytes(payload);
    in.transferTo(rest);
    byte[] bytes = rest.toByteArray();
    for (int at = 1; at + Frame.HEADER_BYTES < bytes.length; at++) {
      if (isFrame(bytes, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFrame(byte[] bytes, int at) {
    ByteBuffer header = ByteBuffer.wrap(bytes, at, Frame.HEADER_BYTES).slice();
    int start = at + Frame.HEADER_BYTES;
    try {
      int length = Frame.payloadLength(header, bytes.length - start, "");
      if (length == 0) {
        return false;
      }
      Frame.verify(header, Arrays.copyOfRange(bytes, start, start + length), length, "");
      return true;
    } catch (CorruptFrameException e) {
      return false;
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
