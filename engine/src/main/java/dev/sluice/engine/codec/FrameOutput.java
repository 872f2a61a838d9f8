package dev.sluice.engine.codec;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Bytes in a file as {@link Frame}s of up to 64 KiB, compressed with Snappy, with an empty one at
 * the end: a {@link FrameInput} notices each byte that is missing or changed. For use by one
 * thread.
 */
public final class FrameOutput extends OutputStream {
  static final int FRAME_BYTES = 64 << 10;

  private final DataOutputStream out;
  private final FrameBuffer buffer = new FrameBuffer();

  /** Writes to {@code out}, which stays open. */
  public FrameOutput(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  @Override
  public void write(int b) throws IOException {
    buffer.write(b);
    flushIfFull();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int written = 0;
    while (written < length) {
      int part = Math.min(length - written, FRAME_BYTES - buffer.size());
      buffer.write(bytes, offset + written, part);
      written += part;
      flushIfFull();
    }
  }

  private void flushIfFull() throws IOException {
    if (buffer.isFull()) {
      frame();
    }
  }

  private void frame() throws IOException {
    buffer.flush((payload, length) -> Frame.write(out, payload, length));
  }

  /** Writes what is left and the end. To be called once, after the last byte. */
  public void finish() throws IOException {
    frame();
    Frame.write(out, new byte[0], 0);
    out.flush();
  }
}
