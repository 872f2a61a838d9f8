package dev.sluice.engine.checkpoint;

import java.io.IOException;

/** Another driver has taken the checkpoint folder over: this one must not go on. */
public final class FencedException extends IOException {
  private static final long serialVersionUID = 1L;

  FencedException(String folder, long own, long newer) {
    super(
        "another driver has taken the checkpoint folder "
            + folder
            + " over, as epoch "
            + newer
            + "; this one was "
            + own
            + " and ends. What it has not made durable is done again by the other");
  }
}
