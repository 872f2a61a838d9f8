package dev.sluice.benchmarks;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Instant;

/**
 * The numbers from 0 on: as fast as they are taken up to a bound that any thread may move, ten each
 * millisecond beyond it.
 */
final class Bursts extends UnboundedSource<Long, Bursts.Mark> {
  private static final long serialVersionUID = 1L;
  private static final long NANOS_EACH = 100_000;

  /** The number before which nothing waits. */
  private static final AtomicLong BOUND = new AtomicLong();

  /** The place before a number. */
  record Mark(long next) implements CheckpointMark, Serializable {
    @Override
    public void finalizeCheckpoint() {}
  }

  /** All numbers before {@code number} may come as fast as they are taken. */
  static void until(long number) {
    BOUND.set(number);
  }

  @Override
  public List<Bursts> split(int desiredNumSplits, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<Long> createReader(PipelineOptions options, Mark from) {
    return new Reader(from == null ? 0 : from.next());
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
    private long waitedNanos = System.nanoTime();

    Reader(long next) {
      this.next = next;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (next >= BOUND.get()) {
        if (System.nanoTime() - waitedNanos < NANOS_EACH) {
          return false;
        }
        waitedNanos += NANOS_EACH;
      } else {
        waitedNanos = System.nanoTime();
      }
      next++;
      return true;
    }

    @Override
    public Long getCurrent() {
      return next - 1;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(next - 1);
    }

    @Override
    public Instant getWatermark() {
      return Instant.ofEpochMilli(next);
    }

    @Override
    public Mark getCheckpointMark() {
      return new Mark(next);
    }

    @Override
    public Bursts getCurrentSource() {
      return Bursts.this;
    }

    @Override
    public void close() {}
  }
}
