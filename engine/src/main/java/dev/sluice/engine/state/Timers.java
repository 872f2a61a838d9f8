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

  /** The timers that {@link #committed} has given. */
  Timers(List<Armed> committed) {
    this();
    for (Armed armed : committed) {
      byId.put(armed.timer.id(), armed);
      byTime.computeIfAbsent(armed.timer.domain(), d -> new TreeSet<>(BY_TIME)).add(armed);
      nextOrder = Math.max(nextOrder, armed.order + 1);
    }
  }

  /** A timer, and when it was armed among those of its key. */
  record Armed(Timer timer, long order) {}

  /** All of them, in as little memory as they can be kept in. */
  List<Armed> committed() {
    return List.copyOf(byId.values());
  }

  /** The timer of {@code domain} in {@code committed} that is due first, or null. */
  static Timer first(List<Armed> committed, TimerDomain domain) {
    Armed first = null;
    for (Armed armed : committed) {
      if (armed.timer.domain() == domain && (first == null || BY_TIME.compare(armed, first) < 0)) {
        first = armed;
      }
    }
    return first == null ? null : first.timer;
  }

  /** What the output watermark waits for on behalf of {@code committed}. */
  static long hold(List<Armed> committed) {
    long hold = Watermark.END;
    for (Armed armed : committed) {
      hold = Math.min(hold, armed.timer.hold());
    }
    return hold;
  }

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
}
