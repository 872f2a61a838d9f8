package dev.sluice.engine.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.xerial.snappy.Snappy;

/**
 * Reads what a {@link FrameOutput} wrote. A byte is given only after the checksum of its frame was
 * looked at, and the end only if it was written. For use by one thread.
 */
public final class FrameInput extends InputStream {
  private static final int MAX_PAYLOAD_BYTES = Snappy.maxCompressedLength(FrameOutput.FRAME_BYTES);

  private final InputStream in;
  private final String name;
  private long position;
  private byte[] frame = new byte[0];
  private int next;
  private boolean ended;
  private CorruptFrameException failure;

  /** Reads from {@code in}, which stays open; {@code name} is for messages. */
  public FrameInput(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    return fill() ? frame[next++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, frame.length - next);
    System.arraycopy(frame, next, into, offset, count);
    next += count;
    return count;
  }

  private boolean fill() throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      while (next == frame.length && !ended) {
        readFrame();
      }
    } catch (CorruptFrameException e) {
      failure = e;
      throw e;
    }
    return next < frame.length;
  }

  private void readFrame() throws IOException {
    String where = where();
    byte[] header = bytes(Frame.HEADER_BYTES, where);
    ByteBuffer headerBytes = ByteBuffer.wrap(header);
    int length = Frame.payloadLength(headerBytes, MAX_PAYLOAD_BYTES, where);
    byte[] payload = bytes(length, where);
    Frame.verify(headerBytes, payload, length, where);
    if (length == 0) {
      ended = true;
      if (in.read() >= 0) {
        throw new CorruptFrameException(where() + ": more bytes behind the end");
      }
      return;
    }
    try {
      frame = FrameBuffer.content(payload);
    } catch (IOException e) {
      throw new CorruptFrameException(where + ": not compressed as it should be", e);
    }
    next = 0;
  }

  private byte[] bytes(int length, String where) throws IOException {
    byte[] bytes = new byte[length];
    int read = in.readNBytes(bytes, 0, length);
    position += read;
    if (read < length) {
      throw new CorruptFrameException(where + ": cut off, " + length + " bytes should follow");
    }
    return bytes;
  }

  /**
   * The damage that was found, or null. Whoever reads through a codec may have been told something
   * else; nothing is given behind it.
   */
  public CorruptFrameException failure() {
    return failure;
  }

  /** The file and how far it is read, for messages. */
  public String where() {
    return name + " at byte " + position;
  }
}
