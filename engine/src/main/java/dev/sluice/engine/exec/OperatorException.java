package dev.sluice.engine.exec;

/** What an operator threw, with the operator's full name. */
public final class OperatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String operator;

  /** What {@code operator} threw. */
  public OperatorException(String operator, Throwable cause) {
    super(operator + " failed: " + cause, cause);
    this.operator = operator;
  }

  /** The operator's full name in the plan. */
  public String operator() {
    return operator;
  }
}
