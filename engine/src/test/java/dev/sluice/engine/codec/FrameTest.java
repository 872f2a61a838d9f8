package dev.sluice.engine.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Runs of bytes in files. */
class FrameTest {
  private static final String WHERE = "file at byte 7";
  private static final byte[] PAYLOAD = "some payload".getBytes(StandardCharsets.UTF_8);

  private static byte[] frame() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Frame.write(new DataOutputStream(bytes), Arrays.copyOf(PAYLOAD, 64), PAYLOAD.length);
    return bytes.toByteArray();
  }

  private static byte[] read(byte[] frame) throws CorruptFrameException {
    ByteBuffer header = ByteBuffer.wrap(frame, 0, Frame.HEADER_BYTES).slice();
    int length = Frame.payloadLength(header, frame.length - Frame.HEADER_BYTES, WHERE);
    byte[] payload = Arrays.copyOfRange(frame, Frame.HEADER_BYTES, Frame.HEADER_BYTES + length);
    Frame.verify(header, payload, length, WHERE);
    return payload;
  }

  private static String failure(byte[] frame) {
    String message = assertThrows(CorruptFrameException.class, () -> read(frame)).getMessage();
    assertTrue(message.startsWith(WHERE + ": "), message);
    return message;
  }

  @Test
  void holdsItsPayloadBehindVersionLengthAndChecksum() throws IOException {
    byte[] frame = frame();
    assertEquals(Frame.HEADER_BYTES + PAYLOAD.length, frame.length);
    assertEquals(1, frame[0]);
    assertEquals(PAYLOAD.length, ByteBuffer.wrap(frame).getInt(1));
    assertArrayEquals(PAYLOAD, read(frame));
  }

  @Test
  void mayBeEmpty() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Frame.write(new DataOutputStream(bytes), new byte[0], 0);
    assertArrayEquals(new byte[0], read(bytes.toByteArray()));
  }

  @Test
  void refusesAnotherVersion() throws IOException {
    byte[] frame = frame();
    frame[0] = 2;
    assertEquals(WHERE + ": frame version 2, this build reads version 1", failure(frame));
  }

  @Test
  void refusesALengthBeyondTheFile() throws IOException {
    byte[] frame = frame();
    frame[4]++;
    assertEquals(WHERE + ": frame of 13 bytes where 12 are left", failure(frame));
    frame[1] = -1;
    assertTrue(failure(frame).contains("where 12 are left"));
  }

  @Test
  void refusesAnyOtherByte() throws IOException {
    for (int at = 0; at < frame().length; at++) {
      byte[] frame = frame();
      frame[at] ^= 0x10;
      String message = failure(frame);
      assertTrue(at < 5 || message.contains("checksum"), message);
    }
  }

  @Test
  void refusesAShorterPayload() throws IOException {
    byte[] frame = frame();
    frame[4]--;
    assertTrue(failure(frame).contains("checksum"));
  }
}
