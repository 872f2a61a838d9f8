package dev.sluice.engine.exec;

/** An attempt that ran longer than it may; the cause shows where it was. */
public final class TaskDeadlineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TaskDeadlineException(String stage, long deadlineMs, Throwable cause) {
    super(
        String.format(
            "a task of stage '%s' ran longer than %d ms and was interrupted:"
                + " mend what hangs, or raise taskDeadlineMs",
            stage, deadlineMs),
        cause);
  }
}
