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
 * @param batch which run of a stream it is
 * @param durableBatch the last run whose state a later process would find; the largest number if no
 *     process would find any
 */
public record Progress(
    long inputWatermark,
    long outputWatermark,
    long processingTime,
    long synchronizedProcessingTime,
    boolean ended,
    boolean drained,
    long batch,
    long durableBatch) {

  /** The end of a bounded input. */
  public static Progress end(long processingTime) {
    return new Progress(
        Watermark.END,
        Watermark.START,
        processingTime,
        processingTime,
        true,
        false,
        0,
        Long.MAX_VALUE);
  }

  /** Before anything has come. */
  public static Progress start(long processingTime) {
    return new Progress(
        Watermark.START,
        Watermark.START,
        processingTime,
        processingTime,
        false,
        false,
        0,
        Long.MAX_VALUE);
  }
}
