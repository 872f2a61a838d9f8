package dev.sluice.engine.exec;

/** Ends an attempt whose result will not be used. */
final class TaskCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TaskCancelledException() {
    super("the attempt was cancelled", null, false, false);
  }
}
