package dev.sluice.engine.state;

import dev.sluice.engine.state.Timers.Armed;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The timers of a key that has many: found by id in a hash table, and by time in a tree. */
final class ManyTimers {
  private static final Comparator<Armed> BY_TIME = Armed::compareByTime;

  private final Map<Object, Armed> byId = new HashMap<>();
  private final Map<TimerDomain, TreeSet<Armed>> byTime = new EnumMap<>(TimerDomain.class);

  ManyTimers(Collection<Armed> timers) {
    timers.forEach(this::set);
  }

  Collection<Armed> all() {
    return byId.values();
  }

  void set(Armed armed) {
    remove(armed.timer().id());
    byId.put(armed.timer().id(), armed);
    byTime.computeIfAbsent(armed.timer().domain(), d -> new TreeSet<>(BY_TIME)).add(armed);
  }

  Armed get(Object id) {
    return byId.get(id);
  }

  Armed remove(Object id) {
    Armed armed = byId.remove(id);
    if (armed != null) {
      byTime.get(armed.timer().domain()).remove(armed);
    }
    return armed;
  }

  List<Object> ids() {
    return List.copyOf(byId.keySet());
  }

  Armed first(TimerDomain domain) {
    TreeSet<Armed> timers = byTime.get(domain);
    return timers == null || timers.isEmpty() ? null : timers.first();
  }
}
