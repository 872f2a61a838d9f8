package dev.sluice.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * Cuts what comes through a channel, in pieces of any size, into lines of UTF-8. For use by one
 * thread.
 */
final class LineBuffer {
  static final int MAX_LINE_BYTES = 1 << 20;
  private static final int FIRST_BYTES = 1 << 13;

  private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES);
  private int start;
  private int scanned;
  private long takenBytes;
  private boolean atEnd;

  /** The next line, without its end; null if the channel has no complete one now. */
  String next(ReadableByteChannel channel) throws IOException {
    do {
      while (scanned < bytes.position()) {
        if (bytes.get(scanned++) == '\n') {
          String line = text(scanned - 1);
          takenBytes += scanned - start;
          start = scanned;
          return line;
        }
      }
      makeRoom();
      int read = channel.read(bytes);
      atEnd = read < 0;
    } while (scanned < bytes.position());
    return null;
  }

  /** Whether the channel was at its end when it was read last. */
  boolean atEnd() {
    return atEnd;
  }

  /** How many bytes the lines had that were taken, with their ends. */
  long takenBytes() {
    return takenBytes;
  }

  /** Takes what is left at the channel's end as a line; null if nothing is. */
  String rest() {
    if (start == bytes.position()) {
      return null;
    }
    String rest = text(bytes.position());
    takenBytes += bytes.position() - start;
    bytes.clear();
    start = 0;
    scanned = 0;
    return rest;
  }

  private String text(int end) {
    int length = end - start;
    if (length > 0 && bytes.get(end - 1) == '\r') {
      length--;
    }
    return new String(bytes.array(), start, length, StandardCharsets.UTF_8);
  }

  private void makeRoom() throws IOException {
    if (bytes.hasRemaining()) {
      return;
    }
    if (start == 0 && bytes.capacity() >= MAX_LINE_BYTES) {
      throw new IOException(
          "a line has more than " + MAX_LINE_BYTES + " bytes: only text in lines can be read");
    }
    bytes.flip().position(start);
    bytes = start > 0 ? bytes.compact() : ByteBuffer.allocate(2 * bytes.capacity()).put(bytes);
    scanned -= start;
    start = 0;
  }
}
