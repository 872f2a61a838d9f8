package dev.sluice.engine.stream;

/**
 * A stream that comes from outside. Called by the scheduler's thread, which fixes at each tick what
 * the batch reads.
 */
interface Input extends Recoverable {

  /** The node that has the datasets. */
  Node<?> node();

  /** Begins to read. The context was started, perhaps not for the first time. */
  default void open() {}

  /** Makes the dataset of batch {@code timeMs} of what has come so far; how many records. */
  long allocate(long timeMs);

  /** Batch {@code timeMs} is about to run. On the job thread. */
  default void prepare(long timeMs) {}

  /** Whether something has come that is in no batch yet, and can be lost. */
  default boolean waiting() {
    return false;
  }

  /** Batch {@code timeMs} is durable: the source need not keep its records. */
  default void committed(long timeMs) {}

  /** Why nothing will come any more, or null. */
  default Throwable failure() {
    return null;
  }

  /** How many receivers there are. */
  default int receivers() {
    return 0;
  }

  /** Bounds the records a second of each receiver. */
  default void rate(double recordsPerSecond) {}

  /**
   * Stops receiving; what has been stored can still be allocated.
   *
   * @param graceful whether receivers may finish
   */
  default void stop(boolean graceful) {}

  /** Gives up what is in no batch, and ends all threads. */
  default void close() {}
}
