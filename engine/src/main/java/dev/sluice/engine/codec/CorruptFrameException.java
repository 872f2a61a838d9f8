package dev.sluice.engine.codec;

import java.io.IOException;

/** Bytes in a file that are not the frame they should be. The message names the place. */
public final class CorruptFrameException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, and where. */
  public CorruptFrameException(String message) {
    super(message);
  }

  /** The same, for what was noticed by something else. */
  public CorruptFrameException(String message, Throwable cause) {
    super(message, cause);
  }
}
