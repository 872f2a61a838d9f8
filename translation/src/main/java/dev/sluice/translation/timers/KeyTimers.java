package dev.sluice.translation.timers;

import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.state.KeyState;
import dev.sluice.engine.state.Timer;
import dev.sluice.engine.state.TimerDomain;
import dev.sluice.engine.time.Watermark;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * The timers of one key, kept in its state, and the times that its code sees. For use by one
 * thread.
 *
 * <p>While elements come, times stand where the last run has left them. After {@link #advance},
 * {@link #next} takes what is due, one by one:
 *
 * <ul>
 *   <li>Timers of the clock come first, in the order of their times. When the input has ended they
 *       do not wait for the clock; each fires once at most then: one that arms itself again would
 *       never end.
 *   <li>Event-time timers follow in the order of their times. A timer that a callback sets for an
 *       earlier time fires next.
 * </ul>
 */
public final class KeyTimers implements TimerInternals {
  /** The output timestamp of a timer that holds nothing. */
  public static final Instant NO_HOLD = BoundedWindow.TIMESTAMP_MAX_VALUE.plus(Duration.millis(1));

  private static final List<TimerDomain> BY_CLOCK =
      List.of(TimerDomain.PROCESSING_TIME, TimerDomain.SYNCHRONIZED_PROCESSING_TIME);

  private final KeyState state;
  private final Seen seen;
  private final Set<Object> firedAtEnd = new HashSet<>();
  private Progress now;
  private Instant watermark;
  private Instant virtualTime = BoundedWindow.TIMESTAMP_MIN_VALUE;

  /** The timers in {@code state}, at the times of {@code before}. */
  public KeyTimers(KeyState state, Progress before, Seen seen) {
    this.state = state;
    this.seen = seen;
    this.now = before;
    this.watermark = instant(before.inputWatermark());
  }

  /** Which watermark code sees while a timer fires, and what timers hold. */
  public enum Seen {
    /**
     * That of the timer, so that one that is set relative to now does not drift: for DoFns. Their
     * timers hold the output watermark at their output timestamps.
     */
    BY_TIMER(Duration.ZERO),
    /**
     * One strictly behind the timer, because triggers look at it; a bounded input is to give the
     * panes that time would have given. Holds are in the state.
     */
    BEYOND_TIMER(Duration.millis(1)),
    /**
     * That of the input: for triggers of a stream. When the input has ended, as for a bounded one.
     * Holds are in the state.
     */
    BY_INPUT(Duration.millis(1));

    private final Duration lead;

    Seen(Duration lead) {
      this.lead = lead;
    }
  }

  /** Beam's identity of a timer; an id may exist in one time domain only. */
  private record TimerId(StateNamespace namespace, String family, String id) {
    static TimerId of(TimerData timer) {
      return new TimerId(timer.getNamespace(), timer.getTimerFamilyId(), timer.getTimerId());
    }
  }

  /** What a timer of {@link KeyState} is in Beam's words. */
  private record Id(TimerId id, Instant outputTimestamp) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Id that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }

  /** Writes the id of a timer of Beam's in a key's state. */
  public static void writeId(Object id, DataOutputStream out) throws IOException {
    Id timer = (Id) id;
    out.writeUTF(timer.id().namespace().stringKey());
    out.writeUTF(timer.id().family());
    out.writeUTF(timer.id().id());
    out.writeLong(timer.outputTimestamp().getMillis());
  }

  /** Reads what {@link #writeId} wrote; {@code namespaces} finds them by their names. */
  public static Object readId(DataInputStream in, Function<String, StateNamespace> namespaces)
      throws IOException {
    TimerId id = new TimerId(namespaces.apply(in.readUTF()), in.readUTF(), in.readUTF());
    return new Id(id, Instant.ofEpochMilli(in.readLong()));
  }

  /** The elements are over, and time has moved. */
  public void advance(Progress to) {
    now = to;
    if (!stepwise()) {
      watermark = instant(to.inputWatermark());
    }
  }

  /** Whether the watermark moves from timer to timer. */
  private boolean stepwise() {
    return seen != Seen.BY_INPUT || now.ended();
  }

  /** All due timers have fired: the watermark is that of the input. */
  public void settle() {
    watermark = later(watermark, instant(now.inputWatermark()));
  }

  /** Lets at least a millisecond of processing time go by, while elements still come. */
  public void tick() {
    virtualTime = currentProcessingTime().plus(Duration.millis(1));
  }

  /** Takes a timer of the clock whose time has gone by, or null if there is none. */
  public TimerData nextDue() {
    for (TimerDomain domain : BY_CLOCK) {
      Timer first = state.first(domain);
      if (first != null && first.timestamp() < currentProcessingTime().getMillis()) {
        return take(first);
      }
    }
    return null;
  }

  /** Takes the timer that is to fire next, or null if none is due. */
  public TimerData next() {
    for (TimerDomain domain : BY_CLOCK) {
      for (Timer first = state.first(domain);
          first != null && (now.ended() || first.timestamp() < clock(domain));
          first = state.first(domain)) {
        TimerData timer = take(first);
        if (!now.ended() || firedAtEnd.add(TimerId.of(timer))) {
          virtualTime = later(virtualTime, timer.getTimestamp().plus(seen.lead));
          return timer;
        }
      }
    }
    Timer first = state.first(TimerDomain.EVENT_TIME);
    if (first == null || first.timestamp() >= now.inputWatermark()) {
      return null;
    }
    TimerData timer = take(first);
    if (stepwise()) {
      watermark = later(watermark, timer.getTimestamp().plus(seen.lead));
    }
    return timer;
  }

  private long clock(TimerDomain domain) {
    return domain == TimerDomain.PROCESSING_TIME
        ? now.processingTime()
        : now.synchronizedProcessingTime();
  }

  private TimerData take(Timer timer) {
    state.removeTimer(timer.id());
    return data(timer);
  }

  private static TimerData data(Timer timer) {
    Id id = (Id) timer.id();
    TimeDomain domain =
        switch (timer.domain()) {
          case EVENT_TIME -> TimeDomain.EVENT_TIME;
          case PROCESSING_TIME -> TimeDomain.PROCESSING_TIME;
          case SYNCHRONIZED_PROCESSING_TIME -> TimeDomain.SYNCHRONIZED_PROCESSING_TIME;
          case RESUME, DURABLE -> throw new IllegalStateException("no timer of Beam's: " + timer);
        };
    return TimerData.of(
        id.id().id(),
        id.id().family(),
        id.id().namespace(),
        Instant.ofEpochMilli(timer.timestamp()),
        id.outputTimestamp(),
        domain);
  }

  /** Forgets all timers of {@code namespace}: its window has expired. */
  public void clear(StateNamespace namespace) {
    state.removeTimers(id -> id instanceof Id timer && timer.id().namespace().equals(namespace));
  }

  @Override
  public void setTimer(
      StateNamespace namespace,
      String timerId,
      String timerFamilyId,
      Instant target,
      Instant outputTimestamp,
      TimeDomain timeDomain) {
    set(new TimerId(namespace, timerFamilyId, timerId), target, outputTimestamp, timeDomain);
  }

  @Override
  @Deprecated
  public void setTimer(TimerData timer) {
    set(TimerId.of(timer), timer.getTimestamp(), timer.getOutputTimestamp(), timer.getDomain());
  }

  private void set(TimerId id, Instant target, Instant outputTimestamp, TimeDomain domain) {
    Id timer = new Id(id, outputTimestamp);
    state.setTimer(new Timer(timer, domain(domain), target.getMillis(), hold(outputTimestamp)));
  }

  private long hold(Instant outputTimestamp) {
    boolean holds =
        seen == Seen.BY_TIMER && !outputTimestamp.isAfter(BoundedWindow.TIMESTAMP_MAX_VALUE);
    return holds ? outputTimestamp.getMillis() : Watermark.END;
  }

  private static TimerDomain domain(TimeDomain domain) {
    return switch (domain) {
      case EVENT_TIME -> TimerDomain.EVENT_TIME;
      case PROCESSING_TIME -> TimerDomain.PROCESSING_TIME;
      case SYNCHRONIZED_PROCESSING_TIME -> TimerDomain.SYNCHRONIZED_PROCESSING_TIME;
    };
  }

  @Override
  public void deleteTimer(
      StateNamespace namespace, String timerId, String timerFamilyId, TimeDomain timeDomain) {
    delete(new TimerId(namespace, timerFamilyId, timerId));
  }

  @Override
  @Deprecated
  public void deleteTimer(StateNamespace namespace, String timerId, String timerFamilyId) {
    delete(new TimerId(namespace, timerFamilyId, timerId));
  }

  @Override
  @Deprecated
  public void deleteTimer(TimerData timer) {
    delete(TimerId.of(timer));
  }

  private void delete(TimerId id) {
    state.removeTimer(new Id(id, BoundedWindow.TIMESTAMP_MIN_VALUE));
  }

  /** Whether a timer with this id is armed. */
  public boolean isSet(StateNamespace namespace, String timerId) {
    return state.timer(
            new Id(new TimerId(namespace, "", timerId), BoundedWindow.TIMESTAMP_MIN_VALUE))
        != null;
  }

  @Override
  public Instant currentProcessingTime() {
    return later(virtualTime, instant(now.processingTime()));
  }

  @Override
  public Instant currentSynchronizedProcessingTime() {
    return later(virtualTime, instant(now.synchronizedProcessingTime()));
  }

  @Override
  public Instant currentInputWatermarkTime() {
    return watermark;
  }

  @Override
  public Instant currentOutputWatermarkTime() {
    return instant(now.outputWatermark());
  }

  /** The time in Beam's range. */
  public static Instant instant(long millis) {
    return Instant.ofEpochMilli(
        Math.max(
            BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis(),
            Math.min(BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis(), millis)));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
