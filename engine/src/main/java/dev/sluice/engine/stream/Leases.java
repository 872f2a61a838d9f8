package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Rdd;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The open leases of a context, by name. Safe for use by many threads. */
final class Leases {
  private final Map<String, Lease<?>> open = new TreeMap<>();
  private final Set<String> reserved = new TreeSet<>();

  /** Runs a job that copies the records to where they stay. */
  <T> Lease<T> pin(Rdd<T> rdd, String name) {
    synchronized (this) {
      if (!reserved.add(name)) {
        throw new IllegalArgumentException(
            "a dataset is pinned as "
                + name
                + " already: close that lease, or choose another name");
      }
    }
    try {
      Lease<T> lease = new Lease<>(name, rdd.materialize(), this);
      synchronized (this) {
        open.put(name, lease);
      }
      return lease;
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        reserved.remove(name);
      }
      throw e;
    }
  }

  synchronized List<String> names() {
    return List.copyOf(open.keySet());
  }

  synchronized boolean remove(Lease<?> lease) {
    boolean removed = open.remove(lease.name(), lease);
    if (removed) {
      reserved.remove(lease.name());
    }
    return removed;
  }
}
