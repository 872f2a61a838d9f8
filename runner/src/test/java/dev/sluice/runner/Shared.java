package dev.sluice.runner;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A handle of an object of the test. It is serialized with the DoFns that hold it, and each copy
 * leads to the same object. Every handle has an object of its own, so tests do not meet in it.
 */
final class Shared<T> implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final AtomicLong NEXT = new AtomicLong();
  private static final Map<Long, Object> OBJECTS = new ConcurrentHashMap<>();

  private final long id;

  private Shared(long id) {
    this.id = id;
  }

  static <T> Shared<T> of(T object) {
    long id = NEXT.incrementAndGet();
    OBJECTS.put(id, object);
    return new Shared<>(id);
  }

  @SuppressWarnings("unchecked")
  T get() {
    return (T) OBJECTS.get(id);
  }
}
