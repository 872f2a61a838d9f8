package dev.sluice.engine.checkpoint;

import java.io.IOException;

/** Another driver writes to the checkpoint folder. */
public final class FolderInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  FolderInUseException(String folder, String owner, long leftMs) {
    super(
        "the checkpoint folder "
            + folder
            + " is used by "
            + owner
            + ", whose lease runs for "
            + leftMs
            + " ms more: stop it, wait, or ask to take over");
  }
}
