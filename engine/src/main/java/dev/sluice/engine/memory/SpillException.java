package dev.sluice.engine.memory;

import java.io.IOException;
import java.nio.file.Path;

/** Temporary data that could not be written: most often the disk is full. */
public final class SpillException extends IOException {
  private static final long serialVersionUID = 1L;

  SpillException(Path file, long fileBytes, long allBytes, IOException cause) {
    super(
        String.format(
            "cannot spill to %s after %d bytes of it (%d bytes of temporary data in all): %s."
                + " Free space there, or name a larger disk with the option tempFolder",
            file, fileBytes, allBytes, cause.getMessage()),
        cause);
  }
}
