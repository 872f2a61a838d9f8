package dev.sluice.engine.exec;

import java.io.IOException;
import java.util.List;

/** A checkpoint holds state that the plan has no place for, or cannot read. */
public final class IncompatibleSnapshotException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With all that does not fit. */
  public IncompatibleSnapshotException(List<String> problems) {
    super(
        "the checkpoint does not fit the program: "
            + String.join("; ", problems)
            + ". Give the transforms their old names and coders back, or start with another"
            + " checkpoint folder");
  }
}
