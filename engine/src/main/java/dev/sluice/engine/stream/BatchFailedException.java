package dev.sluice.engine.stream;

/** A batch that did not come to its end. The cause is what its operation threw. */
public final class BatchFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long batchMs;
  private final String operation;

  BatchFailedException(long batchMs, String operation, Throwable cause) {
    super(String.format("%s failed in batch %d ms: %s", operation, batchMs, cause), cause);
    this.batchMs = batchMs;
    this.operation = operation;
  }

  /** The time of the batch. */
  public long batchMs() {
    return batchMs;
  }

  /** The name of the operation that failed. */
  public String operation() {
    return operation;
  }
}
