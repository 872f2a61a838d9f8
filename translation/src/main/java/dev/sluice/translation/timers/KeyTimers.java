package dev.sluice.translation.timers;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * The timers of one key of a bounded input, and the times that its DoFn sees. For use by one
 * thread.
 *
 * <p>While elements come, the watermark stands at its minimum. At the end of the input {@link
 * #next} takes timers one by one, and time moves with them, so that a timer set relative to "now"
 * from within a callback is relative to the timer that fired:
 *
 * <ul>
 *   <li>Processing-time timers come first, in the order of their times, without waiting for the
 *       wall clock. Each fires once at most: one that arms itself again would never end.
 *   <li>Event-time timers follow in the order of their times. A timer that a callback sets for an
 *       earlier time fires next.
 * </ul>
 */
public final class KeyTimers implements TimerInternals {
  private static final Comparator<TimerData> BY_TIME =
      Comparator.comparing(TimerData::getTimestamp).thenComparing(Comparator.naturalOrder());

  private final Map<TimerKey, TimerData> timers = new HashMap<>();
  private final NavigableSet<TimerData> eventTimers = new TreeSet<>(BY_TIME);
  private final NavigableSet<TimerData> processingTimers = new TreeSet<>(BY_TIME);
  private final Set<TimerKey> firedAtEnd = new HashSet<>();
  private final LongSupplier wallClockMs;
  private final Duration lead;
  private Instant watermark = BoundedWindow.TIMESTAMP_MIN_VALUE;
  private Instant virtualTime = BoundedWindow.TIMESTAMP_MIN_VALUE;

  /**
   * No timers, at the start of the input.
   *
   * @param lead how far the watermark is beyond a timer that fires: Beam's triggers look at the
   *     watermark and want it strictly beyond, while a DoFn's timer that is set relative to now
   *     should not drift
   */
  public KeyTimers(LongSupplier wallClockMs, Duration lead) {
    this.wallClockMs = wallClockMs;
    this.lead = lead;
  }

  /** Beam's identity of a timer; an id may exist in one time domain only. */
  private record TimerKey(StateNamespace namespace, String family, String id) {
    static TimerKey of(TimerData timer) {
      return new TimerKey(timer.getNamespace(), timer.getTimerFamilyId(), timer.getTimerId());
    }
  }

  /** Lets at least a millisecond of processing time go by, while elements still come. */
  public void tick() {
    virtualTime = currentProcessingTime().plus(Duration.millis(1));
  }

  /** Takes a processing-time timer whose time has gone by, or null if there is none. */
  public TimerData nextDue() {
    if (processingTimers.isEmpty()) {
      return null;
    }
    TimerData first = processingTimers.first();
    return first.getTimestamp().isBefore(currentProcessingTime()) ? remove(first) : null;
  }

  /** Takes the timer that is to fire next at the end of the input, or null if there is none. */
  public TimerData next() {
    while (!processingTimers.isEmpty()) {
      TimerData timer = remove(processingTimers.first());
      if (firedAtEnd.add(TimerKey.of(timer))) {
        virtualTime = later(currentProcessingTime(), timer.getTimestamp().plus(lead));
        return timer;
      }
    }
    if (eventTimers.isEmpty()) {
      return null;
    }
    TimerData timer = remove(eventTimers.first());
    watermark = later(watermark, timer.getTimestamp().plus(lead));
    return timer;
  }

  /** Forgets all timers of {@code namespace}: its window has expired. */
  public void clear(StateNamespace namespace) {
    timers.values().stream()
        .filter(timer -> timer.getNamespace().equals(namespace))
        .toList()
        .forEach(this::remove);
  }

  @Override
  public void setTimer(
      StateNamespace namespace,
      String timerId,
      String timerFamilyId,
      Instant target,
      Instant outputTimestamp,
      TimeDomain timeDomain) {
    set(TimerData.of(timerId, timerFamilyId, namespace, target, outputTimestamp, timeDomain));
  }

  @Override
  @Deprecated
  public void setTimer(TimerData timer) {
    set(timer);
  }

  private void set(TimerData timer) {
    TimerData previous = timers.put(TimerKey.of(timer), timer);
    if (previous != null) {
      queue(previous).remove(previous);
    }
    queue(timer).add(timer);
  }

  @Override
  public void deleteTimer(
      StateNamespace namespace, String timerId, String timerFamilyId, TimeDomain timeDomain) {
    delete(new TimerKey(namespace, timerFamilyId, timerId));
  }

  @Override
  @Deprecated
  public void deleteTimer(StateNamespace namespace, String timerId, String timerFamilyId) {
    delete(new TimerKey(namespace, timerFamilyId, timerId));
  }

  @Override
  @Deprecated
  public void deleteTimer(TimerData timer) {
    delete(TimerKey.of(timer));
  }

  private void delete(TimerKey key) {
    TimerData timer = timers.get(key);
    if (timer != null) {
      remove(timer);
    }
  }

  private TimerData remove(TimerData timer) {
    timers.remove(TimerKey.of(timer));
    queue(timer).remove(timer);
    return timer;
  }

  private Set<TimerData> queue(TimerData timer) {
    return timer.getDomain() == TimeDomain.EVENT_TIME ? eventTimers : processingTimers;
  }

  @Override
  public Instant currentProcessingTime() {
    return later(virtualTime, Instant.ofEpochMilli(wallClockMs.getAsLong()));
  }

  @Override
  public Instant currentSynchronizedProcessingTime() {
    return currentProcessingTime();
  }

  @Override
  public Instant currentInputWatermarkTime() {
    return watermark;
  }

  @Override
  public Instant currentOutputWatermarkTime() {
    return watermark;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
