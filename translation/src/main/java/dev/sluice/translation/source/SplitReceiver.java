package dev.sluice.translation.source;

import dev.sluice.engine.time.Watermark;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.CheckpointMark;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * Reads a split of an unbounded source. As long as the source brings more than a batch takes, the
 * receiver reads nothing itself but lends its reader to the batches, one after another: see {@link
 * LentReader}.
 */
final class SplitReceiver<T, MarkT extends CheckpointMark> extends ReadReceiver {
  private static final long SHORTEST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ReadSettings settings;
  private final OpenSplit<T, MarkT> open;
  private volatile LentReader<T, MarkT> lent;

  /**
   * A receiver of one split.
   *
   * @param number of the split among those of its source
   * @param mark where it goes on, null for the beginning
   */
  SplitReceiver(
      SerializablePipelineOptions options,
      String transform,
      UnboundedSource<T, MarkT> split,
      int number,
      ReadSettings settings,
      MarkT mark) {
    super(transform, settings);
    this.settings = settings;
    this.open = new OpenSplit<>(split, options, transform, number, mark);
  }

  @Override
  void read(ReadBlocks block) throws Exception {
    try {
      boolean available = open.start();
      // Without a mark another reader would begin anew, wherever the source begins by then: so the
      // first record is a block of its own, and if there is none, there is a mark all the same.
      boolean first = open.lastMark() == null;
      long pauseNs = SHORTEST_PAUSE_NS;
      while (!isStopped()) {
        if (available) {
          pauseNs = SHORTEST_PAUSE_NS;
          block.add(open.element());
        }
        boolean nothing = !available && (block.isEmpty() || isAtEnd(open.reader().getWatermark()));
        boolean more = available && (first || block.hasMost());
        long stored = block.size();
        if ((first || nothing || block.isFull()) && store(block, first)) {
          return;
        }
        first = false;
        // An attempt that fails has to find its records again.
        if (more && open.resumes() && !isLimited()) {
          lend(settings.batchRecords() - stored);
        }
        if (!available) {
          LockSupport.parkNanos(this, pauseNs);
          pauseNs = Math.min(LONGEST_PAUSE_NS, 2 * pauseNs);
        }
        available = open.reader().advance();
      }
      if (!block.isEmpty()) {
        store(block, false);
      }
    } finally {
      open.close();
    }
  }

  /**
   * Lets batches read until one has read all that there was, or the receiver is stopped.
   *
   * @param records how many the first one takes at most, beside what was stored for it
   */
  private void lend(long records) throws Exception {
    boolean more = true;
    long most = Math.max(1, records);
    while (more) {
      LentReader<T, MarkT> next = new LentReader<>(open, settings, most);
      most = settings.batchRecords();
      // Before the look at isStopped: whoever stops the receiver takes back what is lent.
      lent = next;
      try {
        if (isStopped()) {
          return;
        }
        store(next, next.mark(), watermark(open.reader().getWatermark()));
        more = next.awaitReturn() && next.giveBack() && !isLimited();
        noteProgress(next.count());
      } finally {
        next.withdraw();
        lent = null;
      }
    }
  }

  @Override
  public void onStop() {
    LentReader<T, MarkT> away = lent;
    if (away != null) {
      away.withdraw();
    }
  }

  /**
   * Stores the block with what the reader says of itself; true if it has come to its end.
   *
   * @param marked whether there has to be a mark even if there is no record
   */
  private boolean store(ReadBlocks block, boolean marked) throws IOException {
    Instant watermark = open.reader().getWatermark();
    if (block.isEmpty() && !marked) {
      watermark(watermark(watermark));
    } else {
      open.reportBacklog();
      MarkT mark = open.readersMark();
      store(block, mark, watermark(watermark));
      open.pass(mark);
    }
    if (isAtEnd(watermark)) {
      end();
      return true;
    }
    return false;
  }

  /** The end moves the watermark itself: no batch is to see the one without the other. */
  private static long watermark(Instant watermark) {
    return isAtEnd(watermark) ? Watermark.START : watermark.getMillis();
  }

  private static boolean isAtEnd(Instant watermark) {
    return !watermark.isBefore(BoundedWindow.TIMESTAMP_MAX_VALUE);
  }

  @Override
  public void onCommitted(Object mark) throws IOException {
    if (LateMark.isNews(mark)) {
      ((CheckpointMark) LateMark.resolved(mark)).finalizeCheckpoint();
    }
  }
}
