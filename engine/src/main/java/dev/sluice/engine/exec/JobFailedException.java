package dev.sluice.engine.exec;

/** A job that ended because a task failed as often as it may. */
public final class JobFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure with what led to it. */
  public JobFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The full name of the operator that failed, or null if it was none. */
  public String operator() {
    return getCause() instanceof OperatorException e ? e.operator() : null;
  }

  /** What user code threw, without the engine's wrapping. */
  public Throwable userCause() {
    return getCause() instanceof OperatorException e ? e.getCause() : getCause();
  }
}
