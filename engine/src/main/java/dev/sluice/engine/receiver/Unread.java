package dev.sluice.engine.receiver;

import java.util.function.Consumer;

/**
 * Records that are still in the source, and that the task which processes them reads. A receiver
 * that could go on and on hands over such records rather than its own: they need not cross from its
 * thread to the task's, nor wait in memory.
 *
 * <p>The receiver must leave its source alone until {@link #release}.
 */
public interface Unread<T> {

  /** How many records it has passed on when it was last read; before that, how many at most. */
  long count();

  /**
   * Reads the records and passes them on, on the task's thread. If the attempt has failed it is
   * called again, perhaps on another thread, and reads from the first record on. What the consumer
   * throws comes out as it is.
   *
   * @throws java.io.UncheckedIOException if the source cannot be read
   */
  void forEach(Consumer<? super T> consumer);

  /** The records are not needed any more, or will never be asked for. May be called again. */
  void release();
}
