package dev.sluice.engine.codec;

import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A run of bytes in a file: {@code version (1 byte) | length (4) | CRC-32C of the payload (4) |
 * payload}, big-endian.
 */
public final class Frame {
  /** Bytes before the payload. */
  public static final int HEADER_BYTES = 9;

  private static final byte VERSION = 1;

  private Frame() {}

  /** Writes {@code length} bytes of {@code payload} as one frame. */
  public static void write(DataOutput out, byte[] payload, int length) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(length);
    out.writeInt(checksum(payload, length));
    out.write(payload, 0, length);
  }

  /**
   * Reads the next frame of a file; its payload, or null at the end of {@code in}.
   *
   * @param leftBytes how many bytes there can be, the header's included
   * @throws CorruptFrameException if it is not whole; {@code where} tells the place
   */
  public static byte[] read(InputStream in, long leftBytes, String where) throws IOException {
    byte[] header = in.readNBytes(HEADER_BYTES);
    if (header.length == 0) {
      return null;
    }
    if (header.length < HEADER_BYTES) {
      throw new CorruptFrameException(where + ": ends inside a frame's header");
    }
    int length = payloadLength(ByteBuffer.wrap(header), leftBytes - HEADER_BYTES, where);
    // Grows as bytes come, so that a corrupt length is no allocation.
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new CorruptFrameException(
          where + ": ends after " + payload.length + " of " + length + " bytes");
    }
    verify(ByteBuffer.wrap(header), payload, length, where);
    return payload;
  }

  /**
   * The payload length that {@code header} announces, checked against what the file can hold.
   *
   * @param remainingBytes how many bytes the file has after this header
   */
  public static int payloadLength(ByteBuffer header, long remainingBytes, String where)
      throws CorruptFrameException {
    byte version = header.get(0);
    if (version != VERSION) {
      throw new CorruptFrameException(
          where + ": frame version " + version + ", this build reads version " + VERSION);
    }
    int length = header.getInt(1);
    if (length < 0 || length > remainingBytes) {
      throw new CorruptFrameException(
          where + ": frame of " + length + " bytes where " + remainingBytes + " are left");
    }
    return length;
  }

  /** Throws unless {@code payload} has the checksum that {@code header} holds. */
  public static void verify(ByteBuffer header, byte[] payload, int length, String where)
      throws CorruptFrameException {
    int expected = header.getInt(5);
    int actual = checksum(payload, length);
    if (expected != actual) {
      throw new CorruptFrameException(
          where
              + ": checksum "
              + Integer.toHexString(actual)
              + ", the frame says "
              + Integer.toHexString(expected));
    }
  }

  private static int checksum(byte[] payload, int length) {
    CRC32C crc = new CRC32C();
    crc.update(payload, 0, length);
    return (int) crc.getValue();
  }
}
