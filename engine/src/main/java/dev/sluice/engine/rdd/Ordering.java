package dev.sluice.engine.rdd;

import java.io.Serializable;
import java.util.Comparator;

/** An order of keys that can be sent to tasks. */
@FunctionalInterface
public interface Ordering<K> extends Comparator<K>, Serializable {

  /** The order of keys that are {@link Comparable}; null comes first. */
  static <K> Ordering<K> natural() {
    return Ordering::compareNatural;
  }

  /** This order, backwards. */
  @Override
  default Ordering<K> reversed() {
    return (a, b) -> compare(b, a);
  }

  @SuppressWarnings("unchecked")
  private static <K> int compareNatural(K a, K b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? -1 : 1;
    }
    return ((Comparable<? super K>) a).compareTo(b);
  }
}
