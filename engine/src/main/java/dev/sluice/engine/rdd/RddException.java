package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.CodecException;
import dev.sluice.engine.exec.JobFailedException;

/**
 * An action that did not come to its end. The message names the operator; the cause is what user
 * code threw, without the engine's wrapping.
 */
public final class RddException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String operator;

  private RddException(String message, String operator, Throwable cause) {
    super(message, cause);
    this.operator = operator;
  }

  static RddException of(JobFailedException e) {
    Throwable cause = e.userCause();
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof CodecException) {
        cause = t;
      }
    }
    String message =
        e.operator() == null ? String.valueOf(e.getMessage()) : failed(e.operator(), cause);
    RddException named = new RddException(message, e.operator(), cause);
    for (Throwable suppressed : e.getCause().getSuppressed()) {
      named.addSuppressed(suppressed);
    }
    return named;
  }

  static RddException of(String operator, Throwable cause) {
    return cause instanceof RddException e
        ? e
        : new RddException(failed(operator, cause), operator, cause);
  }

  static RddException stopped(String message, Throwable cause) {
    return new RddException(message, null, cause);
  }

  /** The name of the operator that failed, or null if it was none. */
  public String operator() {
    return operator;
  }

  private static String failed(String operator, Throwable cause) {
    return operator + " failed: " + cause;
  }
}
