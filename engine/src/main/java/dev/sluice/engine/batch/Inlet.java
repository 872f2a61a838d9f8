package dev.sluice.engine.batch;

import dev.sluice.engine.plan.Source.Split;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/** One source of a stream, as the thread that runs the batches sees it. */
interface Inlet {

  /** Starts reading; may call user code. */
  void start() throws Exception;

  /** Whether a batch would get something from it: records, a new watermark, or news of its end. */
  boolean waiting();

  /** Whether it makes no sense to wait for more before the next batch. */
  default boolean urgent() {
    return waiting();
  }

  /**
   * Whether a part of it stores nothing more before a batch takes what waits, so that only others
   * could bring more.
   */
  default boolean heldUp() {
    return false;
  }

  /** Whether more is expected in a moment, so that a batch without it would be a poor one. */
  default boolean settling() {
    return false;
  }

  /** What the next batch is to read. */
  Taken take();

  /** The batch that read what was taken last is committed. */
  default void committed() {}

  /** What the next {@code batches} committed ones have taken will not be asked for again. */
  default void durable(int batches) {}

  /** Where a later process is to go on behind what committed batches have taken. */
  Place place() throws IOException;

  /** A place in a source; it does not change. */
  interface Place {
    void write(DataOutputStream out) throws IOException;
  }

  /** Why nothing will come any more, or null. */
  default Throwable failure() {
    return null;
  }

  /** Reads nothing more: what has come so far is all. */
  default void drain() {}

  /** Gives up what was not taken, and ends all threads. */
  default void close() {}

  /**
   * A batch's part.
   *
   * @param splits by partition, null for nothing; as many in every batch
   * @param watermark behind these records
   * @param ended whether nothing will come any more
   * @param records how many there are, at most until they have been read
   */
  record Taken(
      List<? extends Split<?>> splits, long watermark, boolean ended, LongSupplier records) {}
}
