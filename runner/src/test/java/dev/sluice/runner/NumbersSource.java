package dev.sluice.runner;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * An unbounded source that a test conducts. Each of its splits gives as many records as it is told,
 * counted from 0; the first split's are the numbers from 0, those of the others begin at multiples
 * of a million.
 */
final class NumbersSource extends UnboundedSource<Long, NumbersSource.Mark> {
  private static final long serialVersionUID = 1L;
  private static final long SPLIT = 1_000_000;

  private final int splits;
  private final int split;
  private final long count;
  private final Conduct conduct;

  private NumbersSource(int splits, int split, long count, Conduct conduct) {
    this.splits = splits;
    this.split = split;
    this.count = count;
    this.conduct = conduct;
  }

  static NumbersSource of(long count, Conduct conduct) {
    return ofSplits(1, count, conduct);
  }

  /** As many splits, each with {@code count} records. */
  static NumbersSource ofSplits(int splits, long count, Conduct conduct) {
    return new NumbersSource(splits, -1, count, conduct);
  }

  /** Everything that it gives, in order. */
  List<Long> numbers() {
    return IntStream.range(0, splits)
        .boxed()
        .flatMap(s -> LongStream.range(s * SPLIT, s * SPLIT + count).boxed())
        .toList();
  }

  /** What a test decides; the methods are called on the reader's thread if nothing else is said. */
  abstract static class Conduct implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A reader is opened: {@code from} is null, or the number of the record after its mark. */
    void opened(Long from) {}

    /** The same with the split. */
    void opened(int split, Long from) {
      opened(from);
    }

    /** Whether there is a record with this number already. */
    boolean gives(int split, long next) {
      return true;
    }

    /** This record is about to be given. */
    void reading(int split, long next) throws IOException {}

    /** The mark before the record {@code next} is finalized; on any thread. */
    void finalized(int split, long next) throws IOException {}

    Instant time(long number) {
      return Instant.ofEpochMilli(number);
    }

    /** The time of a record whose number is counted in its split. */
    Instant time(int split, long number) {
      return time(number);
    }

    /** The watermark before the record {@code next}, which may be one after the last. */
    Instant watermark(int split, long next, boolean last) {
      return last ? BoundedWindow.TIMESTAMP_MAX_VALUE : time(split, next);
    }

    /** An id for deduplication, or null if records need none. */
    Long id(long number) {
      return null;
    }
  }

  /** The place before the record {@code next}. */
  static final class Mark implements CheckpointMark, Serializable {
    private static final long serialVersionUID = 1L;
    private final int split;
    private final long next;
    private final Conduct conduct;

    Mark(int split, long next, Conduct conduct) {
      this.split = split;
      this.next = next;
      this.conduct = conduct;
    }

    @Override
    public void finalizeCheckpoint() throws IOException {
      conduct.finalized(split, next);
    }
  }

  @Override
  public List<NumbersSource> split(int desired, PipelineOptions options) {
    return IntStream.range(0, splits)
        .mapToObj(s -> new NumbersSource(splits, s, count, conduct))
        .toList();
  }

  @Override
  public UnboundedReader<Long> createReader(PipelineOptions options, Mark from) {
    conduct.opened(split, from == null ? null : from.next);
    return new Reader(from == null ? 0 : from.next);
  }

  @Override
  public boolean requiresDeduping() {
    return conduct.id(0) != null;
  }

  @Override
  public Coder<Mark> getCheckpointMarkCoder() {
    return SerializableCoder.of(Mark.class);
  }

  @Override
  public Coder<Long> getOutputCoder() {
    return VarLongCoder.of();
  }

  private final class Reader extends UnboundedReader<Long> {
    private long next;
    private boolean hasCurrent;

    Reader(long next) {
      this.next = next;
    }

    @Override
    public boolean start() throws IOException {
      return advance();
    }

    @Override
    public boolean advance() throws IOException {
      hasCurrent = next < count && conduct.gives(split, next);
      if (hasCurrent) {
        conduct.reading(split, next);
        next++;
      }
      return hasCurrent;
    }

    private long current() {
      if (!hasCurrent) {
        throw new NoSuchElementException("no record at " + next);
      }
      return next - 1;
    }

    @Override
    public Long getCurrent() {
      return split * SPLIT + current();
    }

    @Override
    public Instant getCurrentTimestamp() {
      return conduct.time(split, current());
    }

    @Override
    public byte[] getCurrentRecordId() {
      return conduct.id(current()).toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Instant getWatermark() {
      return conduct.watermark(split, next, next == count);
    }

    @Override
    public Mark getCheckpointMark() {
      return new Mark(split, next, conduct);
    }

    /** A byte a record. */
    @Override
    public long getSplitBacklogBytes() {
      return count - next;
    }

    @Override
    public NumbersSource getCurrentSource() {
      return NumbersSource.this;
    }

    @Override
    public void close() {}
  }
}
