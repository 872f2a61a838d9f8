package dev.sluice.engine.codec;

import java.io.IOException;

/** A value that a codec could not write or read. The message holds no record contents. */
public final class CodecException extends IOException {
  private static final long serialVersionUID = 1L;

  /** An exception with what happened and what to do. */
  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
