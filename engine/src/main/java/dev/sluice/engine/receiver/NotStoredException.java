package dev.sluice.engine.receiver;

/**
 * Records that were not stored: the receiver has been stopped or has ended, or the calling thread
 * was interrupted, whose flag is then set again.
 */
public final class NotStoredException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  NotStoredException(String message) {
    super(message);
  }

  NotStoredException(String message, InterruptedException cause) {
    super(message, cause);
  }
}
