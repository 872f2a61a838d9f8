package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineBufferTest {
  private final LineBuffer buffer = new LineBuffer();

  @Test
  void findsTheSameLinesInPiecesOfAnySize() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      expected.add("é€𝄞x".repeat(random.nextInt(i % 50 == 0 ? 10_000 : 20)));
    }
    byte[] text = (String.join("\n", expected) + "\n").getBytes(StandardCharsets.UTF_8);
    Pieces pieces = new Pieces(text, random);
    List<String> found = new ArrayList<>();
    while (!buffer.atEnd()) {
      for (String line = buffer.next(pieces); line != null; line = buffer.next(pieces)) {
        found.add(line);
      }
    }
    assertEquals(expected, found, "seed " + seed);
    assertEquals(text.length, buffer.takenBytes(), "seed " + seed);
    assertNull(buffer.rest());
  }

  @Test
  void takesWindowsLineEndsAndALastLineWithoutEnd() throws IOException {
    ReadableByteChannel channel = channel("one\r\n\r\nthree\nfour");
    assertEquals("one", buffer.next(channel));
    assertEquals("", buffer.next(channel));
    assertEquals("three", buffer.next(channel));
    assertFalse(buffer.atEnd());
    assertNull(buffer.next(channel));
    assertTrue(buffer.atEnd());
    assertEquals(13, buffer.takenBytes());
    assertEquals("four", buffer.rest());
    assertEquals(17, buffer.takenBytes());
  }

  @Test
  void refusesALineWithoutEnd() {
    ReadableByteChannel channel = channel("x".repeat(LineBuffer.MAX_LINE_BYTES + 1));
    String message = assertThrows(IOException.class, () -> buffer.next(channel)).getMessage();
    assertEquals("a line has more than 1048576 bytes: only text in lines can be read", message);
  }

  private static ReadableByteChannel channel(String text) {
    return Channels.newChannel(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A channel that gives some bytes at a time, or none. */
  private static final class Pieces implements ReadableByteChannel {
    private final ByteBuffer text;
    private final Random random;

    Pieces(byte[] text, Random random) {
      this.text = ByteBuffer.wrap(text);
      this.random = random;
    }

    @Override
    public int read(ByteBuffer to) {
      if (!text.hasRemaining()) {
        return -1;
      }
      int bytes =
          Math.min(
              Math.min(to.remaining(), text.remaining()), random.nextInt(5) * random.nextInt(400));
      to.put(text.slice(text.position(), bytes));
      text.position(text.position() + bytes);
      return bytes;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
