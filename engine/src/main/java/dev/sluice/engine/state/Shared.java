package dev.sluice.engine.state;

import java.util.HashMap;
import java.util.Map;

/**
 * Hands out one of several equal values, so that what many keys have in common is kept once. It
 * forgets now and then what it has seen. For use by one thread at a time.
 */
final class Shared {
  private static final int REMEMBERED = 1_000;

  private final Map<Object, Object> known = new HashMap<>();

  @SuppressWarnings("unchecked")
  <T> T of(T value) {
    if (known.size() >= REMEMBERED) {
      known.clear();
    }
    Object first = known.putIfAbsent(value, value);
    return first == null ? value : (T) first;
  }
}
