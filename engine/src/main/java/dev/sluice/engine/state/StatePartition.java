package dev.sluice.engine.state;

import dev.sluice.engine.state.KeyState.Entry;
import dev.sluice.engine.time.Watermark;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The committed state of one operator's partition. Read by one attempt at a time, and changed only
 * while none runs.
 */
public final class StatePartition implements Held {
  private final Map<Object, Entry> keys = new LinkedHashMap<>();
  private final Map<TimerDomain, TreeMap<Long, Set<Object>>> wakes =
      new EnumMap<>(TimerDomain.class);
  private final TreeMap<Long, Integer> holds = new TreeMap<>();
  private final Shared shared = new Shared();
  private final Set<Object> dirty;
  private long nextNumber;

  /** A partition of which nothing is written. */
  public StatePartition() {
    this(false);
  }

  /**
   * An empty partition.
   *
   * @param recorded whether it notes what has changed, for {@link #changes}
   */
  public StatePartition(boolean recorded) {
    dirty = recorded ? new LinkedHashSet<>() : null;
    for (TimerDomain domain : TimerDomain.values()) {
      wakes.put(domain, new TreeMap<>());
    }
  }

  /** A view for one attempt. */
  public StateView open() {
    return new StateView(this, nextNumber);
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** How many keys have state. */
  public int size() {
    return keys.size();
  }

  @Override
  public long earliest(TimerDomain domain) {
    TreeMap<Long, Set<Object>> times = wakes.get(domain);
    return times.isEmpty() ? Watermark.END : times.firstKey();
  }

  @Override
  public long hold() {
    return holds.isEmpty() ? Watermark.END : holds.firstKey();
  }

  Shared shared() {
    return shared;
  }

  Entry entry(Object identity) {
    return keys.get(identity);
  }

  Set<Object> identities() {
    return keys.keySet();
  }

  /** Those with a timer of {@code domain} that is due before {@code time}, the earliest first. */
  void addDue(TimerDomain domain, long time, Set<Object> due) {
    wakes.get(domain).headMap(time, false).values().forEach(due::addAll);
  }

  /** When the first timer of {@code domain} of those that are not in {@code changed} is due. */
  long earliestWithout(TimerDomain domain, Set<Object> changed) {
    for (Map.Entry<Long, Set<Object>> time : wakes.get(domain).entrySet()) {
      if (!changed.containsAll(time.getValue())) {
        return time.getKey();
      }
    }
    return Watermark.END;
  }

  /** The smallest hold of those that are not in {@code changed}. */
  long holdWithout(Map<Object, KeyState> changed) {
    Map<Long, Integer> without = new TreeMap<>();
    for (Object identity : changed.keySet()) {
      Entry entry = keys.get(identity);
      if (entry != null) {
        without.merge(entry.hold(), 1, Integer::sum);
      }
    }
    for (Map.Entry<Long, Integer> hold : holds.entrySet()) {
      if (hold.getValue() > without.getOrDefault(hold.getKey(), 0)) {
        return hold.getKey();
      }
    }
    return Watermark.END;
  }

  void commit(Map<Object, KeyState> changed, long number) {
    changed.forEach(
        (identity, state) -> {
          if (state.isChanged()) {
            put(identity, state.committed(shared));
          }
        });
    nextNumber = number;
  }

  private void put(Object identity, Entry entry) {
    replace(identity, entry);
    if (dirty != null) {
      dirty.add(identity);
    }
  }

  private void replace(Object identity, Entry entry) {
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

  /**
   * What has changed since this was called last; to be called while no attempt runs.
   *
   * @param all whether everything is asked for instead
   */
  public StateChanges changes(boolean all) {
    Map<Object, Entry> changes = new LinkedHashMap<>();
    if (all) {
      changes.putAll(keys);
    } else {
      dirty.forEach(identity -> changes.put(identity, keys.get(identity)));
    }
    dirty.clear();
    return new StateChanges(changes, nextNumber);
  }

  /** Takes over what was written; what is not in it stays. */
  public void apply(StateChanges changes) {
    changes.entries().forEach((key, entry) -> restore(key, entry, changes.nextNumber()));
    nextNumber = Math.max(nextNumber, changes.nextNumber());
  }

  /** Takes over what was written of one key, null for nothing, when {@code number} was next. */
  void restore(Object identity, Entry entry, long number) {
    replace(identity, entry);
    nextNumber = Math.max(nextNumber, number);
  }

  private void note(Object identity, Entry entry) {
    wakes.forEach(
        (domain, times) -> {
          Long earliest = earliest(entry, domain);
          if (earliest != null) {
            times.computeIfAbsent(earliest, t -> new LinkedHashSet<>()).add(identity);
          }
        });
    holds.merge(entry.hold(), 1, Integer::sum);
  }

  private void forget(Object identity, Entry entry) {
    if (entry == null) {
      return;
    }
    wakes.forEach(
        (domain, times) -> {
          Long earliest = earliest(entry, domain);
          if (earliest != null) {
            Set<Object> at = times.get(earliest);
            at.remove(identity);
            if (at.isEmpty()) {
              times.remove(earliest);
            }
          }
        });
    holds.computeIfPresent(entry.hold(), (hold, count) -> count == 1 ? null : count - 1);
  }

  private static Long earliest(Entry entry, TimerDomain domain) {
    Timer first = Timers.first(entry.timers(), domain);
    return first == null ? null : first.timestamp();
  }
}
