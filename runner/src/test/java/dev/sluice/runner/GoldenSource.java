package dev.sluice.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * The source of a {@link GoldenPipeline}: numbers from 0 up to an end. Up to another one they come
 * a few at a time, when those before them are durable, so that there are several checkpoints.
 */
final class GoldenSource extends UnboundedSource<Long, GoldenSource.Mark> {
  private static final long serialVersionUID = 1L;
  private static final int STEP_MS = 10;
  private static final int FEW = 2;

  private final long count;
  private final long end;
  private final Latch durable;
  private final Shared<AtomicLong> from = Shared.of(new AtomicLong(-1));
  private final Shared<AtomicLong> finalized = Shared.of(new AtomicLong());

  /**
   * Numbers below {@code count}.
   *
   * @param end it gives those below this only, and is not at its end then if there are more
   * @param durable is opened when those below {@code end} are durable
   */
  GoldenSource(long count, long end, Latch durable) {
    this.count = count;
    this.end = end;
    this.durable = durable;
  }

  /** Where its reader has begun. */
  long from() {
    return from.get().get();
  }

  /** The place before the number {@code next}. */
  record Mark(long next, GoldenSource source) implements CheckpointMark {
    @Override
    public void finalizeCheckpoint() {
      source.finalized.get().accumulateAndGet(next, Math::max);
      if (next == source.end) {
        source.durable.open();
      }
    }
  }

  private final class MarkCoder extends AtomicCoder<Mark> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Mark mark, OutputStream out) throws IOException {
      VarLongCoder.of().encode(mark.next, out);
    }

    @Override
    public Mark decode(InputStream in) throws IOException {
      return new Mark(VarLongCoder.of().decode(in), GoldenSource.this);
    }
  }

  @Override
  public List<GoldenSource> split(int desired, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<Long> createReader(PipelineOptions options, Mark mark) {
    from.get().set(mark == null ? 0 : mark.next);
    return new Reader(from());
  }

  @Override
  public Coder<Mark> getCheckpointMarkCoder() {
    return new MarkCoder();
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
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      // Three quarters at once: what follows is little beside it, and is written as changes.
      boolean few = end < count && next >= end * 3 / 4 && next % FEW == 0;
      hasCurrent = next < end && (!few || finalized.get().get() >= next);
      if (hasCurrent) {
        next++;
      }
      return hasCurrent;
    }

    @Override
    public Long getCurrent() {
      if (!hasCurrent) {
        throw new NoSuchElementException("no number at " + next);
      }
      return next - 1;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(getCurrent() * STEP_MS);
    }

    @Override
    public Instant getWatermark() {
      return next == count
          ? BoundedWindow.TIMESTAMP_MAX_VALUE
          : Instant.ofEpochMilli(next * STEP_MS);
    }

    @Override
    public Mark getCheckpointMark() {
      return new Mark(next, GoldenSource.this);
    }

    @Override
    public GoldenSource getCurrentSource() {
      return GoldenSource.this;
    }

    @Override
    public void close() {}
  }
}
