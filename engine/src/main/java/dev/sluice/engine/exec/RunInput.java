package dev.sluice.engine.exec;

import dev.sluice.engine.plan.Source.Split;
import dev.sluice.engine.plan.SourceNode;
import java.util.List;

/** What one run of a plan reads: for a bounded plan everything, for a stream a batch. */
public interface RunInput {

  /**
   * What {@code source} gives to each of its partitions, which are as many in every run of a
   * stream; null for nothing.
   */
  List<? extends Split<?>> splits(SourceNode source) throws Exception;

  /** The watermark of {@code source} behind this input. */
  long watermark(SourceNode source);

  /** The time that timers go by, in milliseconds. */
  long processingTime();

  /**
   * Whether timers of the clock fire without waiting once a stage's input is at its end; not where
   * the clock is a script's.
   */
  boolean hastensClock();

  /** Which run of a stream it is. */
  default long batch() {
    return 0;
  }

  /** The last run whose state a later process would find; the largest number if there is none. */
  default long durableBatch() {
    return Long.MAX_VALUE;
  }

  /** Whether the stream was asked to end, and its sources have. */
  default boolean drained() {
    return false;
  }
}
