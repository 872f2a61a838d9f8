package dev.sluice.engine.plan;

import dev.sluice.engine.time.Watermark;

/**
 * The times at one operator in one task, in milliseconds.
 *
 * @param inputWatermark of what the operator reads
 * @param outputWatermark of what it has emitted: that of its input, or less if something is held
 * @param processingTime the engine's clock, read once a run
 * @param synchronizedProcessingTime processing time, or less if something upstream waits for it
 * @param ended whether nothing will ever come here again, and no script moves the clock: timers do
 *     not wait for it then
 * @param drained whether the stream was asked to end, and its sources have: what could go on
 *     without end is to be cut short
 */
public record Progress(
    long inputWatermark,
    long outputWatermark,
    long processingTime,
    long synchronizedProcessingTime,
    boolean ended,
    boolean drained) {

  /** The end of a bounded input. */
  public static Progress end(long processingTime) {
    return new Progress(
        Watermark.END, Watermark.START, processingTime, processingTime, true, false);
  }

  /** Before anything has come. */
  public static Progress start(long processingTime) {
    return new Progress(
        Watermark.START, Watermark.START, processingTime, processingTime, false, false);
  }
}
