package dev.sluice.engine.stream;

import java.util.Collection;

/** The checkpoint in a folder is that of another program, or of one that has changed too much. */
public final class IncompatibleProgramException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  IncompatibleProgramException(Collection<String> problems) {
    super(
        "the checkpoint cannot be gone on from: "
            + String.join("; ", problems)
            + ". Give streams the names they had (name(...)), or use another folder");
  }
}
