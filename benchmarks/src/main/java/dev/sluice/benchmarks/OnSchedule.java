package dev.sluice.benchmarks;

import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * Numbers that come on a schedule, whether anybody takes them or not: number n has, as its
 * timestamp, the moment when it was to come.
 */
final class OnSchedule
    extends UnboundedSource<Long, UnboundedSource.CheckpointMark.NoopCheckpointMark> {
  private static final long serialVersionUID = 1L;

  private final long startMs;
  private final long perSecond;
  private final long count;

  OnSchedule(long startMs, long perSecond, long count) {
    this.startMs = startMs;
    this.perSecond = perSecond;
    this.count = count;
  }

  private Instant due(long number) {
    return Instant.ofEpochMilli(startMs + number * 1000 / perSecond);
  }

  @Override
  public List<OnSchedule> split(int desiredNumSplits, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<Long> createReader(
      PipelineOptions options, CheckpointMark.NoopCheckpointMark mark) {
    return new Reader();
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // the mark is a class that only Beam can make
  public Coder<CheckpointMark.NoopCheckpointMark> getCheckpointMarkCoder() {
    return (Coder) SerializableCoder.of((Class) CheckpointMark.NoopCheckpointMark.class);
  }

  @Override
  public Coder<Long> getOutputCoder() {
    return VarLongCoder.of();
  }

  private final class Reader extends UnboundedReader<Long> {
    private long next;

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (next == count || due(next).isAfterNow()) {
        return false;
      }
      next++;
      return true;
    }

    @Override
    public Long getCurrent() {
      if (next == 0) {
        throw new NoSuchElementException();
      }
      return next - 1;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return due(next - 1);
    }

    @Override
    public Instant getWatermark() {
      return next == count ? BoundedWindow.TIMESTAMP_MAX_VALUE : due(next);
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return CheckpointMark.NOOP_CHECKPOINT_MARK;
    }

    @Override
    public OnSchedule getCurrentSource() {
      return OnSchedule.this;
    }

    @Override
    public void close() {}
  }
}
