package dev.sluice.engine.exec;

/** A job that was ended by {@link Job#cancel}. */
public final class JobCancelledException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The job was cancelled. */
  public JobCancelledException() {
    super("the job was cancelled");
  }
}
