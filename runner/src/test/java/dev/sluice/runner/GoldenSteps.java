package dev.sluice.runner;

import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimator;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimators;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Gives numbers with each key up to an end, and asks to be called for the rest again. */
@DoFn.UnboundedPerElement
final class GoldenSteps extends DoFn<String, KV<String, Long>> {
  private static final long serialVersionUID = 1L;
  private static final int COUNT = 20;
  private static final int STEP_MS = 30;

  /** So long that there are few batches while the other input is read. */
  private static final Duration PAUSE = Duration.standardMinutes(1);

  private final boolean whole;

  /** Gives all numbers, or a half. */
  GoldenSteps(boolean whole) {
    this.whole = whole;
  }

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
    while (whole || next < COUNT / 2) {
      if (!tracker.tryClaim(next)) {
        return ProcessContinuation.stop();
      }
      output.outputWithTimestamp(KV.of(key, next), Instant.ofEpochMilli(next * STEP_MS));
      next++;
    }
    return ProcessContinuation.resume().withResumeDelay(PAUSE);
  }
}
