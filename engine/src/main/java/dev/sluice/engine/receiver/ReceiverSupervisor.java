package dev.sluice.engine.receiver;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Runs one receiver and holds its blocks until a batch takes them. Safe for use by many threads.
 *
 * <p>It is started once. The receiver has a thread of its own; another one cuts blocks once single
 * records are stored, a third acknowledges marks. All are daemons and end with the receiver.
 */
public final class ReceiverSupervisor<T> implements AutoCloseable {
  private static final long GRACEFUL_MS = 10_000;
  private static final long SOON_MS = 1_000;

  private final int streamId;
  private final String name;
  private final Codec<T> codec;
  private final Runnable onArrival;
  private final Reports reports;
  private final BlockGenerator<T> generator;
  private final ReceiverThread thread;
  private final Acknowledgements acknowledgements;
  private volatile Thread timer;
  private volatile Throwable failure;

  /** Where a receiver stands. */
  public enum State {
    /** Not started yet. */
    CREATED,
    /** Receiving. */
    RUNNING,
    /** Stopped for a moment, or waiting for its next start. */
    RESTARTING,
    /** Held up; what it has stored waits for batches. */
    PAUSING,
    /** Held up, and all that it has stored has been taken. */
    PAUSED,
    /** Told to stop for good, but not done yet. */
    STOPPING,
    /** Stopped for good, perhaps as a failure; blocks may still wait. */
    STOPPED,
    /** Nothing more will come from the source; blocks may still wait. */
    ENDED
  }

  /**
   * Makes a supervisor that does nothing until {@link #start}.
   *
   * @param name of the receiver, which its threads have too
   * @param onArrival called on any thread when there may be something to take or a failure to see;
   *     must return soon and not throw
   */
  public ReceiverSupervisor(
      int streamId,
      String name,
      Receiver<T> receiver,
      ReceiverOptions options,
      BlockStore<T> store,
      Clock clock,
      Runnable onArrival,
      ReceiverListener listener) {
    this.streamId = streamId;
    this.name = Objects.requireNonNull(name, "name");
    this.codec = store.codec();
    this.onArrival = Objects.requireNonNull(onArrival, "onArrival");
    this.reports = new Reports(streamId, name, Objects.requireNonNull(listener, "listener"));
    Parts parts = new Parts();
    this.generator =
        new BlockGenerator<>(
            new BlockQueue<>(streamId, store.log().lastMark()), store, options, clock, parts);
    this.thread = new ReceiverThread(name, receiver, options, clock, parts);
    this.acknowledgements = new Acknowledgements(receiver, reports);
    receiver.attach(this);
  }

  /**
   * Starts the receiver and returns at once.
   *
   * @throws IllegalStateException if it has been started or stopped before
   */
  public void start() {
    generator.start();
    thread.start();
  }

  /**
   * Takes waiting blocks, oldest first: as many as have at most {@code maxRecords} together, but at
   * least one if there is one. The block that is being filled counts as the last; if it is taken,
   * it is cut early.
   *
   * <p>The watermark is that of the last block taken if others wait, else the newest. May wait for
   * a store that is writing to disk, never for one that is held up.
   */
  public Taken<T> take(long maxRecords) {
    return generator.take(maxRecords);
  }

  /** Whether {@link #take} would bring something new: blocks, a later watermark, or the end. */
  public boolean waiting() {
    return generator.status().news();
  }

  /** How many blocks wait, the one that is being filled included. */
  public int waitingBlocks() {
    return generator.status().waitingBlocks();
  }

  /** Whether the receiver stores nothing more before a batch takes what waits. */
  public boolean full() {
    return generator.status().full();
  }

  /**
   * Says that all blocks up to {@code last} are durable. Its mark is handed to {@link
   * Receiver#onCommitted} on another thread, unless that or a later one has been already.
   */
  public void committed(Block<T> last) {
    if (last.streamId() != streamId) {
      throw new IllegalArgumentException(last + " was committed for stream " + streamId);
    }
    acknowledgements.commit(last.end());
  }

  /** Why the receiver has stopped for good; null if it has not, or not for a failure. */
  public Throwable failure() {
    return failure;
  }

  /** Holds the receiver up: its stores wait. What it has stored can be taken. */
  public void pause() {
    generator.pause(true);
  }

  /** Takes back {@link #pause}. */
  public void resume() {
    generator.pause(false);
  }

  /**
   * Bounds the records a second from now on, to this or the option {@code maxRate} if that is
   * lower.
   *
   * @param recordsPerSecond more than 0; infinity for no bound
   */
  public void rate(double recordsPerSecond) {
    if (!(recordsPerSecond > 0)) {
      throw new IllegalArgumentException(
          "a rate of " + recordsPerSecond + " records a second: more than 0, or it never recovers");
    }
    generator.rate(recordsPerSecond);
  }

  /** Where the receiver stands. */
  public State state() {
    BlockGenerator.Status status = generator.status();
    Request request = thread.request();
    if (status.state() == GeneratorState.INITIALIZED) {
      return State.CREATED;
    }
    if (status.ended()) {
      return State.ENDED;
    }
    if (thread.finished() || status.state() == GeneratorState.STOPPED_ALL) {
      return State.STOPPED;
    }
    if (request != null && request.isFinal()) {
      return State.STOPPING;
    }
    if (status.paused()) {
      return status.waitingBlocks() > 0 ? State.PAUSING : State.PAUSED;
    }
    return request == null ? State.RUNNING : State.RESTARTING;
  }

  /**
   * Stops the receiver for good and returns when that is done: {@code onStop}, then no more stores,
   * then what is left is cut into blocks, which can still be taken. Not for the receiver's own
   * threads. Without effect the second time.
   *
   * @param graceful whether to let the receiver finish: until then its stores succeed, without
   *     waiting, and it has seconds to return. Otherwise they fail at once, and it is interrupted.
   */
  public void stop(boolean graceful) {
    if (graceful) {
      generator.drain();
    } else {
      generator.refuse();
    }
    thread.request(new Request.Stop("stopped", null));
    if (!graceful) {
      thread.hurry();
    }
    try {
      if (!thread.await(graceful ? GRACEFUL_MS : SOON_MS)) {
        reports.failed(
            String.format(
                "onStart or onStop has not returned; thread %s is left behind: they must react to"
                    + " isStopped or interruption",
                name),
            null);
      }
      stopGenerating();
      Thread cutting = timer;
      if (cutting != null) {
        cutting.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopGenerating();
    }
  }

  /** Stops soon, and releases the blocks that have not been taken. */
  @Override
  public void close() {
    stop(false);
    try {
      generator.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete what receiver " + name + " stored", e);
    } finally {
      acknowledgements.close();
    }
  }

  /** The stream it receives for. */
  public int streamId() {
    return streamId;
  }

  /** What the receiver is called. */
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return "receiver " + name + " of stream " + streamId;
  }

  // What follows is called by the receiver.

  Codec<T> codec() {
    return codec;
  }

  Object lastMark() {
    return generator.mark();
  }

  void store(T record) {
    try {
      generator.add(record);
    } catch (IOException e) {
      throw notWritten(e);
    }
    if (timer == null) {
      startTimer();
    }
  }

  void store(Iterator<? extends T> records, Object mark, long watermark) {
    try {
      generator.add(records, mark, watermark);
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  void store(Unread<T> records, Object mark, long watermark) {
    try {
      generator.add(records, mark, watermark);
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  void move(Object mark, long watermark) {
    try {
      generator.move(mark, watermark);
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  void end() {
    try {
      generator.end();
    } catch (IOException e) {
      throw notWritten(e);
    }
    request(new Request.End());
  }

  void request(Request wanted) {
    if (wanted.isFinal()) {
      generator.drain();
    }
    thread.request(wanted);
  }

  void report(String message, Throwable cause) {
    reports.failed(message, cause);
  }

  boolean limited() {
    return generator.limited();
  }

  boolean receiving() {
    return thread.receiving();
  }

  boolean stopping() {
    return thread.request() != null;
  }

  boolean finished() {
    return thread.finished();
  }

  private UncheckedIOException notWritten(IOException e) {
    request(new Request.Restart("records could not be stored", e, OptionalLong.empty()));
    return new UncheckedIOException(e);
  }

  private synchronized void startTimer() {
    if (timer == null) {
      timer = DaemonThread.start(name + "-blocks", generator::cutInTime);
    }
  }

  private void stopGenerating() {
    try {
      generator.stop();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /** Listens to the parts. */
  private final class Parts implements BlockGenerator.Owner, ReceiverThread.Owner {
    @Override
    public void arrived() {
      onArrival.run();
    }

    @Override
    public void failed(Throwable cause) {
      request(new Request.Stop("a block could not be completed", cause));
    }

    @Override
    public void failed(String message, Throwable cause) {
      reports.failed(message, cause);
    }

    @Override
    public void starting() {
      reports.started();
    }

    @Override
    public void restarting(String message, long delayMs) {
      reports.restarting(message, delayMs);
    }

    @Override
    public void finished(Request last) {
      // First the failure: whoever sees that the receiver is over must see why.
      if (last.cause() != null) {
        fail(last.cause());
      }
      stopGenerating();
      try {
        reports.stopped(last.message(), failure);
      } finally {
        onArrival.run();
      }
    }

    @Override
    public long stores() {
      return generator.status().stores();
    }
  }
}
