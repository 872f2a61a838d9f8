package dev.sluice.engine.checkpoint;

import java.io.IOException;

/** A checkpoint cannot be read back. The message names the file, the place and what to do. */
public final class CorruptCheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptCheckpointException(String what, Throwable cause) {
    super(
        what
            + ". Restore the file from a copy; to give up what has happened since the checkpoint"
            + " before it, delete it and those after it; to start anew, use another folder",
        cause);
  }
}
