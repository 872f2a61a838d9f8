package dev.sluice.runner;

/** Tells, beside a failure of user code, in which transform it happened. */
public final class TransformFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String transform;

  TransformFailure(String transform) {
    super("in transform '" + transform + "'", null, false, false);
    this.transform = transform;
  }

  /** The transform's full name. */
  public String transform() {
    return transform;
  }
}
