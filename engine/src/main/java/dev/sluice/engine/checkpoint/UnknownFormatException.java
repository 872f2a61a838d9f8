package dev.sluice.engine.checkpoint;

import java.io.IOException;

/** A checkpoint was written by a program that is newer than this one. */
public final class UnknownFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  UnknownFormatException(String name, int format, long features, int known) {
    super(
        name
            + " has format "
            + format
            + " and features "
            + Long.toHexString(features)
            + ", this program reads format "
            + known
            + " without any: use the version of Sluice that wrote it, or a newer one");
  }
}
