package dev.sluice.translation.source;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverSource;
import dev.sluice.engine.time.Watermark;
import dev.sluice.translation.source.BoundedRead.ReadSplit;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.BoundedSource.BoundedReader;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;

/**
 * A bounded read inside a stream: over many batches, block by block. As many receivers as workers
 * share its splits; the watermark stands at the start until all are read.
 */
public record StreamedBoundedRead<T>(
    BoundedRead<T> read, Codec<WindowedValue<T>> elements, ReadSettings settings)
    implements ReceiverSource<Object> {

  @Override
  public List<Receiver<Object>> receivers(int parallelism, TaskScope scope) throws Exception {
    return receivers(parallelism, scope, null);
  }

  @Override
  public Codec<Object> markCodec() {
    return new PositionCodec();
  }

  @Override
  public List<Receiver<Object>> receivers(int parallelism, TaskScope scope, List<Object> marks)
      throws Exception {
    List<ReadSplit<T>> splits = read.splits(parallelism, scope);
    int count = Math.max(1, Math.min(parallelism, splits.size()));
    long shape = shape(splits);
    if (marks != null
        && (marks.size() != count || !marks.stream().allMatch(mark -> fits(mark, shape)))) {
      throw new IllegalStateException(
          "the input of "
              + read.transform()
              + " has changed since the checkpoint was written, so that what was read of it cannot"
              + " be told from the rest: put it back as it was, or start with another checkpoint"
              + " folder");
    }
    ReadSettings share = settings.sharedBy(count);
    List<Receiver<Object>> receivers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<BoundedSource<T>> own = new ArrayList<>();
      for (int s = i; s < splits.size(); s += count) {
        own.add(splits.get(s).part());
      }
      Object mark = marks == null ? null : marks.get(i);
      receivers.add(
          new SplitsReceiver<>(
              this, own, share, shape, mark == null ? Position.START : (Position) mark));
    }
    return receivers;
  }

  /** What changes if the input is split otherwise: how many splits there are, and their sizes. */
  long shape(List<ReadSplit<T>> splits) throws Exception {
    long shape = splits.size();
    for (ReadSplit<T> split : splits) {
      shape = 31 * shape + split.part().getEstimatedSizeBytes(read.options().get());
    }
    return shape == Position.ANY_SHAPE ? 1 : shape;
  }

  private static boolean fits(Object mark, long shape) {
    return mark == null
        || ((Position) mark).shape() == Position.ANY_SHAPE
        || ((Position) mark).shape() == shape;
  }

  @Override
  public Codec<Object> codec() {
    return new ReadCodec<>(elements, read.transform());
  }

  /**
   * Where a receiver stands: everything before the split is read, and so many records of it.
   *
   * @param shape of the splits of which this is one; any, if nothing is left to be read
   */
  record Position(int split, long ordinal, long shape) {
    static final long ANY_SHAPE = 0;
    static final Position START = new Position(0, 0, ANY_SHAPE);
  }

  private static final class SplitsReceiver<T> extends ReadReceiver {
    private final StreamedBoundedRead<T> read;
    private final List<BoundedSource<T>> splits;
    private final long shape;
    private Position stored;

    SplitsReceiver(
        StreamedBoundedRead<T> read,
        List<BoundedSource<T>> splits,
        ReadSettings settings,
        long shape,
        Position from) {
      super(read.read().transform(), settings);
      this.read = read;
      this.splits = splits;
      this.shape = shape;
      this.stored = from;
    }

    @Override
    void read(ReadBlocks block) throws Exception {
      for (int s = stored.split(); s < splits.size(); s++) {
        if (!read(s, block)) {
          return;
        }
      }
      end();
    }

    /** Reads a split from where it was left; false if the receiver was stopped before its end. */
    private boolean read(int split, ReadBlocks block) throws Exception {
      long skip = split == stored.split() ? stored.ordinal() : 0;
      long ordinal = 0;
      try (BoundedReader<T> reader = splits.get(split).createReader(read.read().options().get())) {
        for (boolean more = reader.start(); more; more = reader.advance()) {
          if (ordinal++ < skip) {
            continue;
          }
          block.add(
              WindowedValues.timestampedValueInGlobalWindow(
                  reader.getCurrent(), reader.getCurrentTimestamp()));
          if (block.isFull()) {
            store(block, new Position(split, ordinal, shape));
            if (isStopped()) {
              return false;
            }
          }
        }
      }
      boolean last = split + 1 == splits.size();
      store(block, new Position(split + 1, 0, last ? Position.ANY_SHAPE : shape));
      return !isStopped();
    }

    private void store(ReadBlocks block, Position position) {
      store(block, position, Watermark.START);
      stored = position;
    }
  }
}
