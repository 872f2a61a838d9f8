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
    if (marks != null && marks.size() != count) {
      throw new IllegalStateException(
          "the input of "
              + read.transform()
              + " is split otherwise than when the checkpoint was written: it has changed since");
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
          new SplitsReceiver<>(this, own, share, mark == null ? Position.START : (Position) mark));
    }
    return receivers;
  }

  @Override
  public Codec<Object> codec() {
    return new ReadCodec<>(elements, read.transform());
  }

  /** Where it stands: everything before the split is read, and so many records of it. */
  record Position(int split, long ordinal) {
    static final Position START = new Position(0, 0);
  }

  private static final class SplitsReceiver<T> extends ReadReceiver {
    private final StreamedBoundedRead<T> read;
    private final List<BoundedSource<T>> splits;
    private Position stored;

    SplitsReceiver(
        StreamedBoundedRead<T> read,
        List<BoundedSource<T>> splits,
        ReadSettings settings,
        Position from) {
      super(read.read().transform(), settings);
      this.read = read;
      this.splits = splits;
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
            store(block, new Position(split, ordinal));
            if (isStopped()) {
              return false;
            }
          }
        }
      }
      store(block, new Position(split + 1, 0));
      return !isStopped();
    }

    private void store(ReadBlocks block, Position position) {
      store(block, position, Watermark.START);
      stored = position;
    }
  }
}
