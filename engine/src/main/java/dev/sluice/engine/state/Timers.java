package dev.sluice.engine.state;

import dev.sluice.engine.time.Watermark;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The timers of one key, by id and by time. Of equal time the one that was set first comes first.
 */
final class Timers {
  private static final Comparator<Armed> BY_TIME =
      Comparator.<Armed>comparingLong(armed -> armed.timer.timestamp())
          .thenComparingLong(Armed::order);

  private final Map<Object, Armed> byId;
  private final Map<TimerDomain, TreeSet<Armed>> byTime = new EnumMap<>(TimerDomain.class);
  private long nextOrder;

  Timers() {
    this.byId = new HashMap<>();
  }

  Timers(Timers other) {
    this.byId = new HashMap<>(other.byId);
    other.byTime.forEach((domain, timers) -> byTime.put(domain, new TreeSet<>(timers)));
    this.nextOrder = other.nextOrder;
  }

  private record Armed(Timer timer, long order) {}

  void set(Timer timer) {
    Armed armed = new Armed(timer, nextOrder++);
    Armed previous = byId.put(timer.id(), armed);
    if (previous != null) {
      byTime.get(previous.timer.domain()).remove(previous);
    }
    byTime.computeIfAbsent(timer.domain(), d -> new TreeSet<>(BY_TIME)).add(armed);
  }

  Timer get(Object id) {
    Armed armed = byId.get(id);
    return armed == null ? null : armed.timer;
  }

  Timer remove(Object id) {
    Armed armed = byId.remove(id);
    if (armed == null) {
      return null;
    }
    byTime.get(armed.timer.domain()).remove(armed);
    return armed.timer;
  }

  void removeIf(Predicate<Object> ids) {
    List.copyOf(byId.keySet()).stream().filter(ids).forEach(this::remove);
  }

  Timer first(TimerDomain domain) {
    TreeSet<Armed> timers = byTime.get(domain);
    return timers == null || timers.isEmpty() ? null : timers.first().timer;
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  long hold() {
    long hold = Watermark.END;
    for (Armed armed : byId.values()) {
      hold = Math.min(hold, armed.timer.hold());
    }
    return hold;
  }
}
