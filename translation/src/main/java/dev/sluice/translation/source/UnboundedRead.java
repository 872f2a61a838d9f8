package dev.sluice.translation.source;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverSource;
import dev.sluice.engine.time.Watermark;
import dev.sluice.translation.coder.CoderCodec;
import dev.sluice.translation.metrics.MetricsScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.CheckpointMark;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.SourceMetrics;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.ValueWithRecordId;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/**
 * A Beam unbounded source as reliable receivers, one for each of its splits. A block carries the
 * source's checkpoint mark, which is finalized when the batch that read the block is committed.
 *
 * @param transform full name of the read, under which its metrics are counted
 * @param elements codes elements; with their ids where the source asks for that
 */
public record UnboundedRead<T, MarkT extends CheckpointMark>(
    UnboundedSource<T, MarkT> source,
    SerializablePipelineOptions options,
    String transform,
    Codec<? extends WindowedValue<?>> elements,
    ReadSettings settings)
    implements ReceiverSource<Object> {

  @Override
  public List<Receiver<Object>> receivers(int parallelism, TaskScope scope) throws Exception {
    return receivers(parallelism, scope, null);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Codec<Object> markCodec() {
    Coder<MarkT> coder = source.getCheckpointMarkCoder();
    return coder == null ? null : (Codec<Object>) (Codec<?>) new CoderCodec<>(coder, transform);
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<Receiver<Object>> receivers(int parallelism, TaskScope scope, List<Object> marks)
      throws Exception {
    MetricsScope metrics = MetricsScope.of(scope, transform);
    MetricsContainer previous = metrics.enter();
    try {
      List<Receiver<Object>> receivers = new ArrayList<>();
      List<? extends UnboundedSource<T, MarkT>> splits = source.split(parallelism, options.get());
      ReadSettings share = settings.sharedBy(Math.max(1, splits.size()));
      for (UnboundedSource<T, MarkT> split : splits) {
        int number = receivers.size();
        MarkT mark = marks == null || number >= marks.size() ? null : (MarkT) marks.get(number);
        receivers.add(new SplitReceiver<>(this, split, number, share, mark));
      }
      if (receivers.isEmpty()) {
        throw new IllegalStateException("the source of " + transform + " has no split");
      }
      if (marks != null && receivers.size() != marks.size()) {
        throw new IllegalStateException(
            "the source of "
                + transform
                + " had "
                + marks.size()
                + " splits when the checkpoint was written and has "
                + receivers.size()
                + " now: its marks do not fit");
      }
      return receivers;
    } finally {
      metrics.exit(previous);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public Codec<Object> codec() {
    return new ReadCodec<>((Codec<WindowedValue<Object>>) elements, transform);
  }

  private static final class SplitReceiver<T, MarkT extends CheckpointMark> extends ReadReceiver {
    private static final long SHORTEST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final UnboundedRead<T, MarkT> read;
    private final UnboundedSource<T, MarkT> split;
    private final boolean withIds;
    private final Gauge backlogBytes;
    private MarkT stored;

    SplitReceiver(
        UnboundedRead<T, MarkT> read,
        UnboundedSource<T, MarkT> split,
        int number,
        ReadSettings settings,
        MarkT mark) {
      super(read.transform(), settings);
      this.read = read;
      this.split = split;
      this.stored = mark;
      this.withIds = split.requiresDeduping();
      this.backlogBytes = SourceMetrics.backlogBytesOfSplit(String.valueOf(number));
    }

    @Override
    void read(ReadBlocks block) throws Exception {
      try (UnboundedReader<T> reader = split.createReader(read.options().get(), stored)) {
        read(reader, block);
      }
    }

    private void read(UnboundedReader<T> reader, ReadBlocks block) throws IOException {
      long pauseNs = SHORTEST_PAUSE_NS;
      boolean available = reader.start();
      while (!isStopped()) {
        if (available) {
          pauseNs = SHORTEST_PAUSE_NS;
          block.add(element(reader));
        }
        boolean nothing = !available && (block.isEmpty() || isAtEnd(reader.getWatermark()));
        if ((nothing || block.isFull()) && store(reader, block)) {
          return;
        }
        if (!available) {
          LockSupport.parkNanos(this, pauseNs);
          pauseNs = Math.min(LONGEST_PAUSE_NS, 2 * pauseNs);
        }
        available = reader.advance();
      }
      if (!block.isEmpty()) {
        store(reader, block);
      }
    }

    private Object element(UnboundedReader<T> reader) {
      T value = reader.getCurrent();
      Instant timestamp = reader.getCurrentTimestamp();
      return withIds
          ? WindowedValues.timestampedValueInGlobalWindow(
              new ValueWithRecordId<>(value, reader.getCurrentRecordId()), timestamp)
          : WindowedValues.timestampedValueInGlobalWindow(value, timestamp);
    }

    /** Stores the block with what the reader says of itself; true if it has come to its end. */
    @SuppressWarnings("unchecked")
    private boolean store(UnboundedReader<T> reader, ReadBlocks block) {
      Instant watermark = reader.getWatermark();
      // The end moves the watermark itself: no batch is to see the one without the other.
      long millis = isAtEnd(watermark) ? Watermark.START : watermark.getMillis();
      if (block.isEmpty()) {
        watermark(millis);
      } else {
        reportBacklog(reader);
        MarkT mark = (MarkT) reader.getCheckpointMark();
        store(block, mark, millis);
        stored = mark;
      }
      if (isAtEnd(watermark)) {
        end();
        return true;
      }
      return false;
    }

    /** Says how much the split still has, as a gauge that counts with the block. */
    private void reportBacklog(UnboundedReader<T> reader) {
      long bytes = reader.getSplitBacklogBytes();
      if (bytes != UnboundedReader.BACKLOG_UNKNOWN) {
        backlogBytes.set(bytes);
      }
    }

    private static boolean isAtEnd(Instant watermark) {
      return !watermark.isBefore(BoundedWindow.TIMESTAMP_MAX_VALUE);
    }

    @Override
    public void onCommitted(Object mark) throws IOException {
      ((CheckpointMark) mark).finalizeCheckpoint();
    }
  }
}
