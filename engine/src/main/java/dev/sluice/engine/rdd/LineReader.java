package dev.sluice.engine.rdd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads lines from a place in a file. Lines end with a line feed, before which a carriage return is
 * dropped, or with the file. For use by one thread.
 */
final class LineReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int length;
  private int next;
  private long position;

  private LineReader(InputStream in, long position) {
    this.in = in;
    this.position = position;
  }

  /** Stands at the first line that starts at {@code offset} or later. */
  static LineReader open(Path file, long offset) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      // From the byte before on, which ends a line if one starts at the offset itself.
      long start = Math.max(0, offset - 1);
      in.skipNBytes(start);
      LineReader reader = new LineReader(in, start);
      if (offset > 0) {
        reader.next();
      }
      return reader;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Where the next line starts, in bytes. */
  long position() {
    return position;
  }

  /** The next line, or null at the end of the file. */
  String next() throws IOException {
    ByteArrayOutputStream before = null;
    while (true) {
      int start = next;
      while (next < length && buffer[next] != '\n') {
        next++;
      }
      position += next - start;
      if (next < length) {
        next++;
        position++;
        return line(before, start, next - 1);
      }
      if (start < length) {
        before = before == null ? new ByteArrayOutputStream(2 * (length - start)) : before;
        before.write(buffer, start, length - start);
      }
      length = in.read(buffer);
      next = 0;
      if (length < 0) {
        length = 0;
        return before == null ? null : line(before, 0, 0);
      }
    }
  }

  private String line(ByteArrayOutputStream before, int start, int end) {
    if (before == null) {
      int last = end > start && buffer[end - 1] == '\r' ? end - 1 : end;
      return new String(buffer, start, last - start, StandardCharsets.UTF_8);
    }
    before.write(buffer, start, end - start);
    String text = before.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
