package dev.sluice.runner;

import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimator;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimators;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Gives numbers with each key, a few at a time with pauses between. */
@DoFn.UnboundedPerElement
final class KilledSteps extends DoFn<String, KV<String, Long>> {
  private static final long serialVersionUID = 1L;
  private static final Duration PAUSE = Duration.millis(40);
  private static final int AT_ONCE = 5;

  static final int COUNT = 400;
  static final int STEP_MS = 10;

  @GetInitialRestriction
  public OffsetRange range() {
    return new OffsetRange(0, COUNT);
  }

  @GetInitialWatermarkEstimatorState
  public Instant start(@Timestamp Instant time) {
    return time;
  }

  @NewWatermarkEstimator
  public WatermarkEstimator<Instant> estimator(@WatermarkEstimatorState Instant state) {
    return new WatermarkEstimators.MonotonicallyIncreasing(state);
  }

  @ProcessElement
  public ProcessContinuation process(
      @Element String key,
      RestrictionTracker<OffsetRange, Long> tracker,
      OutputReceiver<KV<String, Long>> output) {
    long next = tracker.currentRestriction().getFrom();
    for (int i = 0; i < AT_ONCE; i++, next++) {
      if (!tracker.tryClaim(next)) {
        return ProcessContinuation.stop();
      }
      output.outputWithTimestamp(KV.of(key, next), Instant.ofEpochMilli(next * STEP_MS));
    }
    return ProcessContinuation.resume().withResumeDelay(PAUSE);
  }
}
