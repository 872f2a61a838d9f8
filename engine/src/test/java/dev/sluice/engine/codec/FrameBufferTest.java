package dev.sluice.engine.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What becomes the payload of a frame. */
class FrameBufferTest {
  private final FrameBuffer buffer = new FrameBuffer();
  private final List<byte[]> flushed = new ArrayList<>();

  private void flush() throws IOException {
    buffer.flush(
        (payload, length) -> flushed.add(FrameBuffer.content(Arrays.copyOf(payload, length))));
  }

  @Test
  void handsItsContentOnAndIsEmptyAgain() throws IOException {
    Random random = new Random(1);
    byte[] first = FrameStreams.bytes(70_000, random);
    byte[] second = FrameStreams.bytes(10, random);
    buffer.write(first);
    flush();
    assertEquals(0, buffer.size());
    buffer.write(second);
    flush();
    assertArrayEquals(first, flushed.get(0));
    assertArrayEquals(second, flushed.get(1));
  }

  @Test
  void handsNothingOnIfItIsEmpty() throws IOException {
    flush();
    buffer.write(1);
    buffer.cutTo(0);
    flush();
    assertTrue(flushed.isEmpty());
  }

  @Test
  void staysAsItWasIfItsContentIsNotTaken() throws IOException {
    byte[] content = FrameStreams.bytes(100, new Random(2));
    buffer.write(content);
    IOException failure = new IOException("full");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                buffer.flush(
                    (payload, length) -> {
                      throw failure;
                    }));
    assertSame(failure, e);
    flush();
    assertArrayEquals(content, flushed.get(0));
  }

  @Test
  void takesBackWhatCameLast() throws IOException {
    buffer.write(new byte[] {1, 2, 3, 4});
    buffer.cutTo(2);
    buffer.write(5);
    flush();
    assertArrayEquals(new byte[] {1, 2, 5}, flushed.get(0));
  }

  @Test
  void isFullFrom64KibiBytesOn() {
    buffer.write(new byte[(64 << 10) - 1], 0, (64 << 10) - 1);
    assertFalse(buffer.isFull());
    buffer.write(0);
    assertTrue(buffer.isFull());
  }
}
