package dev.sluice.runner;

import dev.sluice.runner.LifeCycle.OwnException;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;

/** A source of three numbers that throws in one place. */
final class FailingSource extends BoundedSource<Integer> {
  private static final long serialVersionUID = 1L;
  private final Place failing;

  FailingSource(Place failing) {
    this.failing = failing;
  }

  /** Where a source can fail. */
  enum Place {
    SIZE,
    SPLIT,
    CREATE_READER,
    START,
    ADVANCE,
    CLOSE;

    String message() {
      return "failed on purpose in " + this;
    }

    void reached(Place failing) throws OwnException {
      if (failing == this) {
        throw new OwnException(message());
      }
    }
  }

  @Override
  public List<FailingSource> split(long desiredBytes, PipelineOptions options) throws OwnException {
    Place.SPLIT.reached(failing);
    return List.of(this);
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) throws OwnException {
    Place.SIZE.reached(failing);
    return 12;
  }

  @Override
  public Coder<Integer> getOutputCoder() {
    return VarIntCoder.of();
  }

  @Override
  public BoundedReader<Integer> createReader(PipelineOptions options) throws IOException {
    Place.CREATE_READER.reached(failing);
    return new Reader();
  }

  private final class Reader extends BoundedReader<Integer> {
    private int current;

    @Override
    public boolean start() throws IOException {
      Place.START.reached(failing);
      current = 1;
      return true;
    }

    @Override
    public boolean advance() throws IOException {
      Place.ADVANCE.reached(failing);
      return ++current <= 3;
    }

    @Override
    public Integer getCurrent() {
      if (current == 0) {
        throw new NoSuchElementException("the reader was not started");
      }
      return current;
    }

    @Override
    public void close() throws IOException {
      Place.CLOSE.reached(failing);
    }

    @Override
    public BoundedSource<Integer> getCurrentSource() {
      return FailingSource.this;
    }
  }
}
