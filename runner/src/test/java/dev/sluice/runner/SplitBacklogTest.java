package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.metrics.GaugeResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the splits of a source still have to give. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SplitBacklogTest {
  private static final long EACH = 30;
  private static final long GIVEN = 20;

  /** Holds the last records of each split back until the test has seen the backlog. */
  private static final class Partly extends NumbersSource.Conduct {
    private static final long serialVersionUID = 1L;
    private final Flag goOn = new Flag();

    @Override
    boolean gives(int split, long next) {
      return next < GIVEN || goOn.isRaised();
    }

    @Override
    Instant watermark(int split, long next, boolean last) {
      return last ? BoundedWindow.TIMESTAMP_MAX_VALUE : BoundedWindow.TIMESTAMP_MIN_VALUE;
    }
  }

  @Test
  void isAMetricOfEachSplit() {
    Partly conduct = new Partly();
    Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=1"));
    pipeline.apply("Numbers", Read.from(NumbersSource.ofSplits(2, EACH, conduct)));
    PipelineResult result = pipeline.run();
    Map<String, Long> expected =
        Map.of("0.backlog_bytes", EACH - GIVEN, "1.backlog_bytes", EACH - GIVEN);
    while (!backlog(result).equals(expected)) {
      Thread.onSpinWait();
    }
    conduct.goOn.raise();
    result.waitUntilFinish();
    assertEquals(Map.of("0.backlog_bytes", 0L, "1.backlog_bytes", 0L), backlog(result));
  }

  private static Map<String, Long> backlog(PipelineResult result) {
    Map<String, Long> bySplit = new TreeMap<>();
    MetricsFilter sources =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.inNamespace("source.splits"))
            .build();
    for (MetricResult<GaugeResult> gauge : result.metrics().queryMetrics(sources).getGauges()) {
      bySplit.put(gauge.getName().getName(), gauge.getAttempted().getValue());
    }
    return bySplit;
  }
}
