package dev.sluice.engine.receiver;

import dev.sluice.engine.time.Watermark;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Takes records from a source outside and stores them. To be extended by users.
 *
 * <p>Its supervisor calls {@link #onStart} and later {@link #onStop}, and both again for each
 * restart, never two of the same kind at once. All other methods are for the receiver's own
 * threads, as many as it likes.
 *
 * <p>The stores wait while the receiver is paused, is over its rate, or has as many blocks waiting
 * as {@link ReceiverOptions} allow. When a store has returned, its records are in a block, or in
 * the one that is being filled. When it throws, they are not: {@link NotStoredException} if the
 * receiver has been stopped or the calling thread was interrupted, {@link
 * java.io.UncheckedIOException} if they could not be written to disk, after which the receiver is
 * restarted.
 */
public abstract class Receiver<T> {
  private volatile ReceiverSupervisor<T> supervisor;

  /** For subclasses. */
  protected Receiver() {}

  /**
   * Begins to receive, on the receiver's own thread: starts threads and returns, or does the work
   * itself until {@link #isStopped}. A thread that is not back soon after {@code onStop} is
   * interrupted. An exception is reported and leads to a restart, an error stops the receiver.
   */
  public abstract void onStart() throws Exception;

  /**
   * Ends what {@code onStart} began; threads that it started should have ended on return. Called on
   * the receiver's own thread, or on another one while {@code onStart} is at work and does not
   * return by itself. Records that it stores still count.
   */
  public abstract void onStop() throws Exception;

  /**
   * Is told that a batch with all records up to {@code mark} is durable: the source need not keep
   * them. Marks come in order, each at most once. Called on a thread for acknowledgements, possibly
   * after {@code onStop}. What it throws is reported, no more.
   */
  public void onCommitted(Object mark) throws Exception {}

  /** Adds a record to the block that is being filled; it is cut each block interval. */
  public final void store(T record) {
    supervisor().store(record);
  }

  /** Stores records as one block, without a mark. Returns when it is complete. */
  public final void store(Iterable<? extends T> records) {
    store(records.iterator());
  }

  /** Stores records as one block, without a mark. Returns when it is complete. */
  public final void store(Iterator<? extends T> records) {
    supervisor().store(records, null, Watermark.START);
  }

  /**
   * Stores what {@code encoded} holds from its position to its limit as one block: records one
   * after another, as the codec of the receiver's blocks writes them.
   */
  public final void store(ByteBuffer encoded) {
    store(new EncodedRecords<>(encoded.duplicate(), supervisor().codec()));
  }

  /**
   * Stores records as one block, after what has been stored before. Without records nothing waits,
   * only mark and watermark move, and a stopped receiver is no error.
   *
   * @param mark where the source stands after the records; null if that has no name
   * @param watermark milliseconds of event time, as in {@link #watermark}
   */
  public final void store(List<? extends T> records, Object mark, long watermark) {
    if (records.isEmpty()) {
      supervisor().move(mark, watermark);
    } else {
      supervisor().store(records.iterator(), mark, watermark);
    }
  }

  /**
   * Stores records that are still in the source, as one block behind what has been stored before:
   * the task that gets the block reads them. The receiver is to wait until they are released.
   *
   * @param mark where the source stands after the records; it may come to its meaning while they
   *     are read
   * @param watermark milliseconds of event time, as in {@link #watermark}, true before they are
   *     read
   * @throws IllegalStateException if a log keeps what the receiver stores
   */
  public final void store(Unread<T> records, Object mark, long watermark) {
    supervisor().store(records, mark, watermark);
  }

  /**
   * Promises that no record with a time before {@code watermark}, in milliseconds, will be stored
   * any more. A watermark never moves back: one that is lower than the last is ignored.
   */
  public final void watermark(long watermark) {
    supervisor().move(null, watermark);
  }

  /**
   * Says that nothing more will ever come. What is buffered becomes a block, the watermark goes to
   * its end, and the receiver is stopped for good.
   */
  public final void end() {
    supervisor().end();
  }

  /** Stops and starts again after a while, which grows from restart to restart without a store. */
  public final void restart(String message) {
    restart(message, null);
  }

  /** The same with what led to it. */
  public final void restart(String message, Throwable cause) {
    supervisor().request(new Request.Restart(message, cause, OptionalLong.empty()));
  }

  /** Stops and starts again after {@code delayMs} milliseconds. Returns at once. */
  public final void restart(String message, Throwable cause, long delayMs) {
    if (delayMs < 0) {
      throw new IllegalArgumentException("restart after " + delayMs + " ms: 0 or more");
    }
    supervisor().request(new Request.Restart(message, cause, OptionalLong.of(delayMs)));
  }

  /** Stops for good. Returns at once. */
  public final void stop(String message) {
    stop(message, null);
  }

  /** Stops for good, as a failure unless {@code cause} is null. Returns at once. */
  public final void stop(String message, Throwable cause) {
    supervisor().request(new Request.Stop(message, cause));
  }

  /** Tells listeners about an error; the receiver goes on. */
  public final void reportError(String message, Throwable cause) {
    supervisor().report(message, cause);
  }

  /** Whether it has been started and not been told to stop or restart since. */
  public final boolean isStarted() {
    ReceiverSupervisor<T> current = supervisor;
    return current != null && current.receiving();
  }

  /** Whether its records are held to a rate at the moment. */
  public final boolean isLimited() {
    return supervisor().limited();
  }

  /** Whether it was told to stop, to restart, or has ended: {@code onStart} should return. */
  public final boolean isStopped() {
    ReceiverSupervisor<T> current = supervisor;
    return current != null && current.stopping();
  }

  /**
   * The last mark that was stored, from where a source can be read on: by this receiver or, where
   * there is a checkpoint, by the one of an earlier process. Null if there is none.
   */
  public final Object lastMark() {
    return supervisor().lastMark();
  }

  /** The number of its stream. */
  public final int streamId() {
    return supervisor().streamId();
  }

  final synchronized void attach(ReceiverSupervisor<T> to) {
    ReceiverSupervisor<T> current = supervisor;
    if (current != null && !current.finished()) {
      throw new IllegalStateException(
          String.format(
              "receiver %s already works for stream %d: make one for each stream",
              getClass().getName(), current.streamId()));
    }
    supervisor = Objects.requireNonNull(to);
  }

  private ReceiverSupervisor<T> supervisor() {
    ReceiverSupervisor<T> current = supervisor;
    if (current == null) {
      throw new IllegalStateException(
          "receiver " + getClass().getName() + " has no stream yet: wait until onStart is called");
    }
    return current;
  }
}
