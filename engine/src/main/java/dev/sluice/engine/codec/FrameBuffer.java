package dev.sluice.engine.codec;

import java.io.IOException;
import org.xerial.snappy.Snappy;

/**
 * What is to become the payload of a frame: about 64 KiB of encoded records, compressed with Snappy
 * when they leave. For use by one thread.
 */
public final class FrameBuffer extends ByteOutput {
  private static final int FULL_BYTES = 64 << 10;

  /** Takes payloads. */
  public interface Sink {
    /** Takes the first {@code length} of {@code payload}, which is not used again. */
    void frame(byte[] payload, int length) throws IOException;
  }

  /** Whether it is time to {@link #flush}. */
  public boolean isFull() {
    return count >= FULL_BYTES;
  }

  /** Takes back all but the first {@code size} bytes. */
  public void cutTo(int size) {
    count = size;
  }

  /** Hands its content on and is empty again; as it was if {@code sink} throws. */
  public void flush(Sink sink) throws IOException {
    if (count == 0) {
      return;
    }
    byte[] compressed = new byte[Snappy.maxCompressedLength(count)];
    sink.frame(compressed, Snappy.compress(buf, 0, count, compressed, 0));
    reset();
  }

  /** The content that was handed on as {@code payload}. */
  public static byte[] content(byte[] payload) throws IOException {
    return Snappy.uncompress(payload);
  }
}
