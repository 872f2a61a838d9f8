package dev.sluice.engine.time;

/**
 * Event time, in milliseconds since the epoch: how far a stream has come. Elements with an earlier
 * timestamp than the watermark may still come; they are late.
 */
public final class Watermark {
  /** Nothing is known yet. */
  public static final long START = Long.MIN_VALUE;

  /** Nothing will come any more. */
  public static final long END = Long.MAX_VALUE;

  private Watermark() {}
}
