package dev.sluice.engine.state;

import dev.sluice.engine.state.KeyState.Entry;
import dev.sluice.engine.time.Watermark;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keys in maps on the heap, as the objects that attempts have left. */
final class HeapKeys implements CommittedKeys {
  private final Map<Object, Entry> keys = new LinkedHashMap<>();
  private final Map<TimerDomain, TreeMap<Long, Set<Object>>> wakes =
      new EnumMap<>(TimerDomain.class);
  private final TreeMap<Long, Integer> holds = new TreeMap<>();
  private final Set<Object> dirty;

  /** No keys; {@code recorded} says whether it notes what has changed. */
  HeapKeys(boolean recorded) {
    dirty = recorded ? new LinkedHashSet<>() : null;
    for (TimerDomain domain : TimerDomain.values()) {
      wakes.put(domain, new TreeMap<>());
    }
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public Entry entry(Object identity) {
    return keys.get(identity);
  }

  @Override
  public Collection<Object> identities() {
    return keys.keySet();
  }

  @Override
  public void put(Object identity, Entry before, Entry after) {
    restore(identity, after);
    if (dirty != null) {
      dirty.add(identity);
    }
  }

  @Override
  public void restore(Object identity, Entry entry) {
    Entry before = entry == null ? keys.remove(identity) : keys.put(identity, entry);
    if (before != null
        && entry != null
        && before.timers() == entry.timers()
        && before.hold() == entry.hold()) {
      return;
    }
    forget(identity, before);
    if (entry != null) {
      note(identity, entry);
    }
  }

  @Override
  public void flush() {}

  @Override
  public long earliest(TimerDomain domain) {
    TreeMap<Long, Set<Object>> times = wakes.get(domain);
    return times.isEmpty() ? Watermark.END : times.firstKey();
  }

  @Override
  public long hold() {
    return holds.isEmpty() ? Watermark.END : holds.firstKey();
  }

  @Override
  public void addDue(TimerDomain domain, long time, Set<Object> due) {
    wakes.get(domain).headMap(time, false).values().forEach(due::addAll);
  }

  @Override
  public long earliestWithout(TimerDomain domain, Set<Object> changed) {
    for (Map.Entry<Long, Set<Object>> time : wakes.get(domain).entrySet()) {
      if (!changed.containsAll(time.getValue())) {
        return time.getKey();
      }
    }
    return Watermark.END;
  }

  @Override
  public long holdWithout(Map<Object, KeyState> changed) {
    long[] without = new long[changed.size()];
    int count = 0;
    for (KeyState state : changed.values()) {
      if (state.before() != null) {
        without[count++] = state.before().hold();
      }
    }
    Arrays.sort(without, 0, count);
    int next = 0;
    for (Map.Entry<Long, Integer> hold : holds.entrySet()) {
      int first = next;
      while (next < count && without[next] == hold.getKey()) {
        next++;
      }
      if (hold.getValue() > next - first) {
        return hold.getKey();
      }
    }
    return Watermark.END;
  }

  @Override
  public StateChanges changes(boolean all, long nextNumber) {
    Map<Object, Entry> changes = new LinkedHashMap<>();
    if (all) {
      changes.putAll(keys);
    } else {
      dirty.forEach(identity -> changes.put(identity, keys.get(identity)));
    }
    dirty.clear();
    return new HeapChanges(changes, nextNumber);
  }

  private void note(Object identity, Entry entry) {
    if (!entry.timers().isEmpty()) {
      wakes.forEach(
          (domain, times) -> {
            Long earliest = entry.earliest(domain);
            if (earliest != null) {
              times.computeIfAbsent(earliest, t -> new LinkedHashSet<>()).add(identity);
            }
          });
    }
    holds.merge(entry.hold(), 1, Integer::sum);
  }

  private void forget(Object identity, Entry entry) {
    if (entry == null) {
      return;
    }
    if (!entry.timers().isEmpty()) {
      wakes.forEach(
          (domain, times) -> {
            Long earliest = entry.earliest(domain);
            if (earliest != null) {
              Set<Object> at = times.get(earliest);
              at.remove(identity);
              if (at.isEmpty()) {
                times.remove(earliest);
              }
            }
          });
    }
    holds.computeIfPresent(entry.hold(), (hold, count) -> count == 1 ? null : count - 1);
  }
}
