package dev.sluice.engine.rdd;

/**
 * A dataset was needed whose records have been given up. The message says which, and what to do.
 */
public final class DatasetReleasedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatasetReleasedException(String message) {
    super(message);
  }
}
