package dev.sluice.translation.group;

import java.util.ArrayList;
import java.util.List;

/**
 * A list that others are made of by appending, at the cost of what is appended. It never changes.
 *
 * @param before what is in front of {@code values}, or null
 */
record Appended<V>(Appended<V> before, List<V> values, int size) {

  /** No values. */
  static <V> Appended<V> none() {
    return new Appended<>(null, List.of(), 0);
  }

  /** {@code values} behind {@code before}. */
  static <V> Appended<V> to(Appended<V> before, Iterable<V> values) {
    List<V> own = Lazy.list(values);
    return new Appended<>(before.size == 0 ? null : before, own, before.size + own.size());
  }

  /** All values, the first ones first. */
  List<V> toList() {
    if (before == null) {
      return values;
    }
    List<List<V>> parts = new ArrayList<>();
    for (Appended<V> part = this; part != null; part = part.before) {
      parts.add(part.values);
    }
    List<V> all = new ArrayList<>(size);
    for (int i = parts.size() - 1; i >= 0; i--) {
      all.addAll(parts.get(i));
    }
    return all;
  }
}
