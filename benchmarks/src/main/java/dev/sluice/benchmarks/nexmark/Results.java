package dev.sluice.benchmarks.nexmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.transforms.DoFn;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The end of a query: counts what comes and, if it has a coder, adds up a hash of each element, so
 * that the sum does not depend on the order.
 */
final class Results<T> extends DoFn<T, Void> {
  private static final long serialVersionUID = 1L;
  private static final String COUNT = "count";
  private static final String HASH = "hash";

  private final Counter count = Metrics.counter(Results.class, COUNT);
  private final Counter hash = Metrics.counter(Results.class, HASH);
  private final @Nullable Coder<T> coder;
  private transient long seen;
  private transient long sum;

  /** With a {@code coder} elements are hashed, without one they are only counted. */
  Results(@Nullable Coder<T> coder) {
    this.coder = coder;
  }

  @StartBundle
  public void startBundle() {
    seen = 0;
    sum = 0;
  }

  @ProcessElement
  public void process(@Element T element) throws IOException {
    seen++;
    if (coder != null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      coder.encode(element, bytes);
      CRC32 crc = new CRC32();
      crc.update(bytes.toByteArray());
      sum += crc.getValue();
    }
  }

  @FinishBundle
  public void finishBundle() {
    count.inc(seen);
    hash.inc(sum);
  }

  /**
   * What the sinks of a pipeline have seen. Not each runner commits metrics, and DirectRunner goes
   * on adding up what was attempted after the pipeline's end: so committed where there is any.
   */
  static Fingerprint of(PipelineResult result) {
    return new Fingerprint(total(result, COUNT), total(result, HASH));
  }

  private static long total(PipelineResult result, String name) {
    long total = 0;
    for (MetricResult<Long> each :
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.named(Results.class, name))
                    .build())
            .getCounters()) {
      Long committed = each.getCommittedOrNull();
      total += committed != null ? committed : each.getAttempted();
    }
    return total;
  }
}
