package dev.sluice.runner;

import java.io.IOException;

/** The calls that a DoFn gets, as places where it can fail. */
enum LifeCycle {
  SETUP,
  START_BUNDLE,
  PROCESS_ELEMENT,
  FINISH_BUNDLE,
  TEARDOWN,
  ON_TIMER,
  ON_WINDOW_EXPIRATION;

  /** What the tests' user code throws: an exception that is neither Beam's nor the engine's. */
  static final class OwnException extends IOException {
    private static final long serialVersionUID = 1L;

    OwnException(String message) {
      super(message);
    }
  }

  String message() {
    return "failed on purpose in " + this;
  }

  /** Throws if {@code failing} is this. */
  void reached(LifeCycle failing) throws OwnException {
    if (failing == this) {
      throw new OwnException(message());
    }
  }
}
