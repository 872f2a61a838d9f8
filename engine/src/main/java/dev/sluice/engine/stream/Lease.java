package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Held;
import dev.sluice.engine.rdd.Rdd;

/**
 * A dataset of a batch that stays beyond its batch, until the lease or its context is closed. Safe
 * for use by many threads.
 */
public final class Lease<T> implements AutoCloseable {
  private final String name;
  private final Held<T> held;
  private final Leases leases;

  Lease(String name, Held<T> held, Leases leases) {
    this.name = name;
    this.held = held;
    this.leases = leases;
  }

  /** What it was called by who holds it. */
  public String name() {
    return name;
  }

  /** The records, without the lineage that they were computed by. */
  public Rdd<T> rdd() {
    return held.rdd();
  }

  /** Gives the records up. Without effect the second time. */
  @Override
  public void close() {
    if (leases.remove(this)) {
      held.release(
          "the dataset that was pinned as "
              + name
              + " was released when its lease was closed: pin"
              + " it again, and close the lease later");
    }
  }
}
