package dev.sluice.translation.source;

import dev.sluice.engine.receiver.Unread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.io.UnboundedSource.CheckpointMark;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;

/**
 * A reader that a receiver has lent to a batch: the task reads as many records as a batch takes, or
 * for as long as a block is filled, and passes each on at once. A source that has more than batches
 * can take is then read by the threads that process its records: none of them crosses from one
 * processor's cache to another's, and none waits on the heap.
 *
 * <p>Attempts that fail begin again at the mark where the reader was when it was lent. If it was
 * the source that failed, the next attempt passes nothing, and the receiver, to whom the reader is
 * given back, starts again in its own time. The mark behind the records is there when they have
 * been read. Safe for use by many threads.
 */
final class LentReader<T, MarkT extends CheckpointMark> implements Unread<Object> {
  private final OpenSplit<T, MarkT> open;
  private final ReadSettings settings;
  private final long most;
  private final LateMark<MarkT> mark;
  private long count;
  private boolean begun;
  private boolean more;
  private Exception failure;
  private State state = State.LENT;

  private enum State {
    /** Attempts may read. */
    LENT,
    /** The batch has no more use for it. */
    RETURNED,
    /** The receiver has ended: nobody may read any more. */
    WITHDRAWN
  }

  /** What a reader or its source has thrown, to tell it from what a consumer throws. */
  private static final class SourceFailure extends Exception {
    private static final long serialVersionUID = 1L;

    SourceFailure(Exception cause) {
      super(cause);
    }
  }

  private interface Call<R> {
    R of() throws IOException;
  }

  /** Lends what {@code open} has behind its last mark, {@code most} records of it at most. */
  LentReader(OpenSplit<T, MarkT> open, ReadSettings settings, long most) {
    this.open = open;
    this.settings = settings;
    this.most = most;
    this.mark = new LateMark<>(open.lastMark());
    this.count = most;
  }

  /** Stands for the mark behind the records. */
  Object mark() {
    return mark;
  }

  @Override
  public synchronized long count() {
    return count;
  }

  @Override
  public synchronized void forEach(Consumer<? super Object> consumer) {
    if (state == State.WITHDRAWN && begun) {
      throw new IllegalStateException(
          "the reader of " + open.transform() + " was closed before its records were processed");
    }
    count = 0;
    more = false;
    mark.set(null);
    if (state == State.WITHDRAWN || failure != null) {
      return;
    }
    MetricsContainerImpl metrics = new MetricsContainerImpl(open.transform());
    MetricsContainer previous = MetricsEnvironment.setCurrentContainer(metrics);
    try {
      pass(consumer);
      MarkT behind = called(this::finish);
      if (count > 0) {
        mark.set(behind);
      }
    } catch (SourceFailure e) {
      failure = (Exception) e.getCause();
      throw failure instanceof RuntimeException unchecked
          ? unchecked
          : new UncheckedIOException("cannot read " + open.transform(), (IOException) failure);
    } finally {
      MetricsEnvironment.setCurrentContainer(previous);
    }
    BlockMetrics counted = new BlockMetrics(metrics);
    if (!counted.isEmpty()) {
      consumer.accept(counted);
    }
  }

  private void pass(Consumer<? super Object> consumer) throws SourceFailure {
    boolean again = begun;
    begun = true;
    boolean available = called(again ? open::start : open.reader()::advance);
    Call<Object> element = open::element;
    Call<Boolean> advance = open.reader()::advance;
    FillTime time = new FillTime(settings.blockIntervalMs());
    time.start();
    while (available && !more) {
      consumer.accept(called(element));
      more = ++count >= most || time.isOver(count);
      available = more || called(advance);
    }
  }

  private MarkT finish() {
    open.reportBacklog();
    return open.readersMark();
  }

  private static <R> R called(Call<R> call) throws SourceFailure {
    try {
      return call.of();
    } catch (IOException | RuntimeException e) {
      throw new SourceFailure(e);
    }
  }

  @Override
  public synchronized void release() {
    if (state == State.LENT) {
      state = State.RETURNED;
      notifyAll();
    }
  }

  /** The receiver has no more use for it; who wants to read gets nothing. */
  synchronized void withdraw() {
    if (state == State.LENT) {
      state = State.WITHDRAWN;
      notifyAll();
    }
  }

  /** Waits until the reader is given back; false if it was withdrawn. */
  synchronized boolean awaitReturn() throws InterruptedException {
    while (state == State.LENT) {
      wait();
    }
    return state == State.RETURNED;
  }

  /**
   * Takes the reader back, behind what was read; whether there was more.
   *
   * @throws Exception what the source has thrown, if it has failed
   */
  synchronized boolean giveBack() throws Exception {
    if (failure != null) {
      throw failure;
    }
    if (mark.isRead()) {
      open.pass(mark.behind());
    }
    return more;
  }
}
