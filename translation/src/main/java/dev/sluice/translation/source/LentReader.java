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
 * <p>Attempts that fail begin again at the mark where the reader was when it was lent. The mark
 * behind the records is there when they have been read. Safe for use by many threads.
 */
final class LentReader<T, MarkT extends CheckpointMark> implements Unread<Object> {
  private final OpenSplit<T, MarkT> open;
  private final ReadSettings settings;
  private final MarkT from;
  private final LateMark<MarkT> mark;
  private long count;
  private boolean read;
  private boolean more;
  private State state = State.LENT;

  private enum State {
    /** Attempts may read. */
    LENT,
    /** The batch has no more use for it. */
    RETURNED,
    /** The receiver has ended: nobody may read any more. */
    WITHDRAWN
  }

  /** Where a reader has come to once it has been read. */
  private static final class LateMark<MarkT> {
    private volatile MarkT mark;

    LateMark(MarkT from) {
      this.mark = from;
    }

    void set(MarkT behind) {
      mark = behind;
    }
  }

  /** Lends what {@code open} has behind its last mark. */
  LentReader(OpenSplit<T, MarkT> open, ReadSettings settings) {
    this.open = open;
    this.settings = settings;
    this.from = open.lastMark();
    this.mark = new LateMark<>(from);
    this.count = most();
  }

  /** What {@code mark} has come to mean if it is that of a lent reader, otherwise itself. */
  static Object resolved(Object mark) {
    return mark instanceof LateMark<?> late ? late.mark : mark;
  }

  /** Stands for the mark behind the records. */
  Object mark() {
    return mark;
  }

  @Override
  public long most() {
    return settings.batchRecords();
  }

  @Override
  public synchronized long count() {
    return count;
  }

  @Override
  public synchronized void forEach(Consumer<? super Object> consumer) {
    if (state == State.WITHDRAWN) {
      if (read) {
        throw new IllegalStateException(
            "the reader of " + open.transform() + " was closed before its records were processed");
      }
      count = 0;
      return;
    }
    MetricsContainerImpl metrics = new MetricsContainerImpl(open.transform());
    MetricsContainer previous = MetricsEnvironment.setCurrentContainer(metrics);
    try {
      pass(consumer);
      open.reportBacklog();
      mark.set(open.mark());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + open.transform(), e);
    } finally {
      MetricsEnvironment.setCurrentContainer(previous);
    }
    BlockMetrics counted = new BlockMetrics(metrics);
    if (!counted.isEmpty()) {
      consumer.accept(counted);
    }
  }

  private void pass(Consumer<? super Object> consumer) throws IOException {
    boolean available = read ? open.startAgain(from) : open.reader().advance();
    read = true;
    count = 0;
    more = false;
    FillTime time = new FillTime(settings.blockIntervalMs());
    time.start();
    while (available && !more) {
      consumer.accept(open.element());
      more = ++count >= most() || time.isOver(count);
      available = more || open.reader().advance();
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

  /** Whether there was more than was read. */
  synchronized boolean hasMore() {
    return more;
  }
}
