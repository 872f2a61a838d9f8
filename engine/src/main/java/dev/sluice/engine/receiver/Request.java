package dev.sluice.engine.receiver;

import java.util.OptionalLong;

/** What a running receiver is told to do next. */
sealed interface Request {

  /** Stop, and start again after {@code delayMs}; after the usual delay if that is empty. */
  record Restart(String message, Throwable cause, OptionalLong delayMs) implements Request {}

  /** Stop for good, as a failure unless {@code cause} is null. */
  record Stop(String message, Throwable cause) implements Request {}

  /** Stop for good, since nothing more will come. */
  record End() implements Request {
    @Override
    public String message() {
      return "the source has ended";
    }

    @Override
    public Throwable cause() {
      return null;
    }
  }

  String message();

  /** Null if nothing went wrong. */
  Throwable cause();

  /** Whether the receiver is not started again. */
  default boolean isFinal() {
    return !(this instanceof Restart);
  }
}
