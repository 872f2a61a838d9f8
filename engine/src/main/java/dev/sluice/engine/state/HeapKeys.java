package dev.sluice.engine.state;

import dev.sluice.engine.state.KeyState.Entry;
import dev.sluice.engine.state.Timers.Armed;
import dev.sluice.engine.time.Watermark;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keys in maps on the heap, as the objects that attempts have left. */
final class HeapKeys implements CommittedKeys {
  private final Map<Object, Entry> keys = new LinkedHashMap<>();
  private final Map<TimerDomain, KeysByTime> wakes = new EnumMap<>(TimerDomain.class);
  private final TreeMap<Long, Integer> holds = new TreeMap<>();
  private final Set<Object> dirty;

  /** No keys; {@code recorded} says whether it notes what has changed. */
  HeapKeys(boolean recorded) {
    dirty = recorded ? new LinkedHashSet<>() : null;
    for (TimerDomain domain : TimerDomain.values()) {
      wakes.put(domain, new KeysByTime());
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
    if (hold(before) != hold(entry)) {
      move(before, -1);
      move(entry, 1);
    }
    if (timers(before) != timers(entry)) {
      for (Map.Entry<TimerDomain, KeysByTime> times : wakes.entrySet()) {
        TimerDomain domain = times.getKey();
        times.getValue().move(identity, earliest(before, domain), earliest(entry, domain));
      }
    }
  }

  private static List<Armed> timers(Entry entry) {
    return entry == null ? List.of() : entry.timers();
  }

  private static long earliest(Entry entry, TimerDomain domain) {
    return entry == null ? Watermark.END : entry.earliest(domain);
  }

  private static long hold(Entry entry) {
    return entry == null ? Watermark.END : entry.hold();
  }

  /** Counts the hold of a key in or out; {@code END} holds nothing. */
  private void move(Entry entry, int by) {
    if (hold(entry) != Watermark.END) {
      holds.merge(entry.hold(), by, (count, more) -> count + more == 0 ? null : count + more);
    }
  }

  @Override
  public void flush() {}

  @Override
  public long earliest(TimerDomain domain) {
    return wakes.get(domain).first();
  }

  @Override
  public long hold() {
    return holds.isEmpty() ? Watermark.END : holds.firstKey();
  }

  @Override
  public void addDue(TimerDomain domain, long time, Set<Object> due) {
    wakes.get(domain).addBefore(time, due);
  }

  @Override
  public long earliestWithout(TimerDomain domain, Set<Object> changed) {
    return wakes.get(domain).firstWithout(changed);
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
}
