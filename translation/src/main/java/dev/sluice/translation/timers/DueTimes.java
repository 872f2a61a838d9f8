package dev.sluice.translation.timers;

import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.state.TimerDomain;
import dev.sluice.engine.time.Watermark;
import java.util.Map;

/** Before which time timers are due. */
public final class DueTimes {
  private DueTimes() {}

  /** The times of each domain at {@code now}; the clock's do not count when the input has ended. */
  public static Map<TimerDomain, Long> at(Progress now) {
    return Map.of(
        TimerDomain.EVENT_TIME,
        now.inputWatermark(),
        TimerDomain.PROCESSING_TIME,
        now.ended() ? Watermark.END : now.processingTime(),
        TimerDomain.SYNCHRONIZED_PROCESSING_TIME,
        now.ended() ? Watermark.END : now.synchronizedProcessingTime());
  }
}
