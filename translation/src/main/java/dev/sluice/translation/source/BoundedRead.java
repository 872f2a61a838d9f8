package dev.sluice.translation.source;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.translation.metrics.AttemptMetrics;
import dev.sluice.translation.metrics.ElementCounter;
import dev.sluice.translation.metrics.MetricsScope;
import java.io.IOException;
import java.util.List;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.BoundedSource.BoundedReader;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;

/**
 * A Beam bounded source, split so that each worker has several parts to read.
 *
 * @param transform full name of the read, under which its metrics are counted
 */
public record BoundedRead<T>(
    BoundedSource<T> source, SerializablePipelineOptions options, String transform)
    implements Source<WindowedValue<T>> {
  private static final int SPLITS_PER_WORKER = 4;
  private static final long MIN_SPLIT_BYTES = 1 << 20;
  private static final long MAX_SPLIT_BYTES = 64 << 20;

  @Override
  public List<ReadSplit<T>> splits(int parallelism, TaskScope scope) throws Exception {
    MetricsScope metrics = MetricsScope.of(scope, transform);
    MetricsContainer previous = metrics.enter();
    try {
      return splits(parallelism);
    } finally {
      metrics.exit(previous);
    }
  }

  private List<ReadSplit<T>> splits(int parallelism) throws Exception {
    PipelineOptions pipelineOptions = options.get();
    long bytes = source.getEstimatedSizeBytes(pipelineOptions);
    long wanted = bytes / ((long) parallelism * SPLITS_PER_WORKER);
    long desired = Math.min(MAX_SPLIT_BYTES, Math.max(MIN_SPLIT_BYTES, wanted));
    return source.split(desired, pipelineOptions).stream()
        .<ReadSplit<T>>map(part -> new ReadSplit<>(part, options, transform))
        .toList();
  }

  /** Every 4,096 records; sources may have to compute it. */
  private static final long PROGRESS_MASK = 4095;

  /** One part of the source. */
  public record ReadSplit<T>(
      BoundedSource<T> part, SerializablePipelineOptions options, String transform)
      implements Split<WindowedValue<T>> {

    @Override
    public void read(Output<WindowedValue<T>> output, TaskScope scope) throws IOException {
      MetricsScope metrics = MetricsScope.of(scope, transform);
      ElementCounter counter =
          new ElementCounter(AttemptMetrics.of(scope).container(transform), transform + ".output");
      MetricsContainer previous = metrics.enter();
      try (BoundedReader<T> reader = part.createReader(options.get())) {
        long records = 0;
        for (boolean more = reader.start(); more; more = reader.advance()) {
          if ((++records & PROGRESS_MASK) == 0) {
            reportProgress(reader, scope);
          }
          WindowedValue<T> element =
              WindowedValues.timestampedValueInGlobalWindow(
                  reader.getCurrent(), reader.getCurrentTimestamp());
          counter.increment();
          output.emit(element);
        }
      } finally {
        counter.flush();
        metrics.exit(previous);
      }
    }

    private static void reportProgress(BoundedReader<?> reader, TaskScope scope) {
      Double fraction = reader.getFractionConsumed();
      if (fraction != null) {
        scope.fractionRead(fraction);
      }
    }
  }
}
