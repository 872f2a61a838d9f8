package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.ByteInput;
import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.FrameBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Reads what a {@link FrameWriter} wrote. For use by one thread. */
final class FrameReader implements Iterator<Object> {
  private final Codec<Object> codec;
  private final Frames frames;
  private ByteInput frame = new ByteInput(new byte[0]);
  private boolean ended;

  FrameReader(Codec<Object> codec, Frames frames) {
    this.codec = codec;
    this.frames = frames;
  }

  /** Gives payloads. */
  interface Frames {
    /** The next payload, or null at the end. */
    byte[] next() throws IOException;
  }

  @Override
  public boolean hasNext() {
    try {
      while (!ended && frame.available() == 0) {
        byte[] payload = frames.next();
        ended = payload == null;
        if (!ended) {
          frame = new ByteInput(FrameBuffer.content(payload));
        }
      }
      return !ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      return codec.decode(frame);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
