package dev.sluice.engine.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A file that is not as it was written is noticed before a wrong byte is given. */
class DamagedFramesTest {
  private static final long SEED = 7;
  private static final int MAX_READ_BYTES = 100_000;

  private final byte[] content = content();
  private final byte[] file = twoFrames();
  private final int secondFrame = (file.length - Frame.HEADER_BYTES) / 2;

  private static byte[] content() {
    byte[] content = new byte[300];
    new Random(SEED).nextBytes(content);
    return content;
  }

  /** A small file that has the same content twice, so that frames are not told by content. */
  private byte[] twoFrames() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      byte[] one = FrameStreams.file(content);
      bytes.write(one, 0, one.length - Frame.HEADER_BYTES);
      bytes.write(one);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  /** Zeros without an end, which counts how many were read. */
  private static final class Endless extends InputStream {
    private long read;

    @Override
    public int read() {
      read++;
      return 0;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      Arrays.fill(into, offset, offset + length, (byte) 0);
      read += length;
      return length;
    }
  }

  /** Reads to the end, or to the damage, whose message it gives. */
  private String damage(String what, InputStream from) {
    FrameInput in = new FrameInput(from, FrameStreams.NAME);
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    CorruptFrameException e =
        assertThrows(CorruptFrameException.class, () -> in.transferTo(given), what);
    assertTrue(e.getMessage().startsWith("some-file at byte "), what + ": " + e.getMessage());
    byte[] twice = Arrays.copyOf(content, 2 * content.length);
    System.arraycopy(content, 0, twice, content.length, content.length);
    assertArrayEquals(Arrays.copyOf(twice, given.size()), given.toByteArray(), what);
    assertEquals(e, assertThrows(CorruptFrameException.class, in::read), what);
    assertEquals(e, in.failure());
    return e.getMessage();
  }

  private String damage(String what, byte[] damaged) {
    return damage(what, new ByteArrayInputStream(damaged));
  }

  @Test
  void theUndamagedFileIsRead() throws IOException {
    FrameInput in = FrameStreams.open(file);
    assertEquals(2 * content.length, in.readAllBytes().length);
    assertEquals(null, in.failure());
  }

  @Test
  void eachTruncationIsNoticed() {
    for (int length = 0; length < file.length; length++) {
      String message = damage(length + " bytes are left", Arrays.copyOf(file, length));
      assertTrue(message.contains(": cut off, "), message);
    }
  }

  @Test
  void eachBitIsNoticed() {
    for (int bit = 0; bit < 8 * file.length; bit++) {
      byte[] damaged = file.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      String message = damage("bit " + bit, damaged);
      int end = file.length - Frame.HEADER_BYTES;
      int frame = bit / 8 < secondFrame ? 0 : bit / 8 < end ? secondFrame : end;
      assertTrue(message.startsWith("some-file at byte " + frame + ": "), bit + ": " + message);
    }
  }

  @Test
  void aDamagedLengthDoesNotLeadFar() {
    for (int bit = 0; bit < 8 * file.length; bit++) {
      byte[] damaged = file.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Endless behind = new Endless();
      damage(
          "bit " + bit + ", without an end",
          new SequenceInputStream(new ByteArrayInputStream(damaged), behind));
      assertTrue(behind.read < MAX_READ_BYTES, "bit " + bit + ": " + behind.read + " bytes read");
    }
  }

  @Test
  void bytesBehindTheEndAreNoticed() {
    String where = "some-file at byte " + file.length + ": ";
    for (int more : new int[] {1, 8, 9, 1_000}) {
      assertEquals(
          where + "more bytes behind the end",
          damage(more + " more bytes", Arrays.copyOf(file, file.length + more)));
    }
    byte[] again = Arrays.copyOf(file, 2 * file.length);
    System.arraycopy(file, 0, again, file.length, file.length);
    assertEquals(where + "more bytes behind the end", damage("the file twice", again));
  }

  @Test
  void aFrameThatWasNotCompressedIsNoticed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Frame.write(new DataOutputStream(bytes), content, content.length);
    String message = damage("raw bytes", bytes.toByteArray());
    assertTrue(message.startsWith("some-file at byte 0: "), message);
  }
}
