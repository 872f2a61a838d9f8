package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Rdd;
import java.util.List;

/**
 * Output in two steps, so that what counts comes exactly once: a batch is written to where nobody
 * looks, and published when the batch is durable.
 *
 * <p>All is called by one thread at a time. What is thrown ends the stream; with a checkpoint the
 * next process goes on from there.
 */
public interface TransactionalSink<T> {

  /**
   * Writes the records of a batch such that they are durable and do not count yet. Called again for
   * a batch that has failed or was cut short by a crash. May run actions.
   *
   * @return all that {@link #publish} needs to know, also in a later process
   */
  List<String> prepare(Rdd<T> records, long batchMs) throws Exception;

  /**
   * Makes what was prepared count. Called again, with the same arguments, if a crash came
   * meanwhile; then it has the same effect as one call.
   */
  void publish(long batchMs, List<String> prepared) throws Exception;

  /**
   * Called before the first batch of a process: all that was prepared and not published by now will
   * never be.
   */
  default void discardOthers() throws Exception {}
}
