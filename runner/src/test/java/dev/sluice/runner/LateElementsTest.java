package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.beam.runners.core.LateDataDroppingDoFnRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** What comes too late for its window is dropped, and counted. */
class LateElementsTest {

  @Test
  void areDroppedWhenTheirValuesAreNull() {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--streaming=true"));
    pipeline
        .apply(
            TestStream.create(KvCoder.of(StringUtf8Coder.of(), VoidCoder.of()))
                .advanceWatermarkTo(Instant.ofEpochMilli(100))
                .addElements(
                    TimestampedValue.of(KV.of("late", (Void) null), Instant.ofEpochMilli(5)))
                .advanceWatermarkToInfinity())
        .apply(
            Window.<KV<String, Void>>into(FixedWindows.of(Duration.millis(10)))
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(Duration.ZERO)
                .discardingFiredPanes())
        .apply(GroupByKey.create());

    PipelineResult result = pipeline.run();

    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(1, dropped(result));
  }

  static long dropped(PipelineResult result) {
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(
                MetricNameFilter.named(
                    LateDataDroppingDoFnRunner.class,
                    LateDataDroppingDoFnRunner.DROPPED_DUE_TO_LATENESS))
            .build();
    return result.metrics().queryMetrics(filter).getCounters().iterator().next().getCommitted();
  }
}
