package dev.sluice.engine.state;

import dev.sluice.engine.time.Watermark;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keys, each at a time, in the order of times and then of coming. {@code END} is no time. */
final class KeysByTime {
  /** The key that is at a time, or {@link Several}: most times have one. */
  private final TreeMap<Long, Object> times = new TreeMap<>();

  /** The keys of one time. */
  private static final class Several extends LinkedHashSet<Object> {
    private static final long serialVersionUID = 1L;
  }

  /** Moves a key; {@code END} is where it was, or goes, if it is not here. */
  void move(Object identity, long from, long to) {
    if (from == to) {
      return;
    }
    if (from != Watermark.END) {
      times.computeIfPresent(from, (time, there) -> without(identity, there));
    }
    if (to != Watermark.END) {
      times.compute(to, (time, there) -> there == null ? alone(identity) : with(there, identity));
    }
  }

  /** A key may be null. */
  private static Object alone(Object identity) {
    return identity == null ? several(null) : identity;
  }

  private static Several several(Object identity) {
    Several several = new Several();
    several.add(identity);
    return several;
  }

  private static Object with(Object there, Object identity) {
    if (there instanceof Several several) {
      several.add(identity);
      return several;
    }
    Several both = several(there);
    both.add(identity);
    return both;
  }

  /** What is left of {@code there}, null for nothing. */
  private static Object without(Object identity, Object there) {
    if (there instanceof Several several) {
      several.remove(identity);
      return several.isEmpty() ? null : several;
    }
    return null;
  }

  long first() {
    return times.isEmpty() ? Watermark.END : times.firstKey();
  }

  /** The first time at which there is a key that is not in {@code these}. */
  long firstWithout(Set<Object> these) {
    for (Map.Entry<Long, Object> time : times.entrySet()) {
      boolean all =
          time.getValue() instanceof Several several
              ? these.containsAll(several)
              : these.contains(time.getValue());
      if (!all) {
        return time.getKey();
      }
    }
    return Watermark.END;
  }

  /** Adds the keys before {@code time} to {@code found}. */
  void addBefore(long time, Set<Object> found) {
    for (Object there : times.headMap(time, false).values()) {
      if (there instanceof Several several) {
        found.addAll(several);
      } else {
        found.add(there);
      }
    }
  }
}
