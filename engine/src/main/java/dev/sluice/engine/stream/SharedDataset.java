package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Held;
import dev.sluice.engine.stream.Computation.Made;
import dev.sluice.engine.stream.Computation.Release;

/** A dataset that is held until all nodes that have a share have given it up. Safe for threads. */
final class SharedDataset<T> {
  private final Held<T> held;
  private int shares;

  SharedDataset(Held<T> held) {
    this.held = held;
  }

  /** Takes a share, as a dataset of its own that may be persisted and unpersisted. */
  Made<T> dataset() {
    return new Made<>(held.rdd().filter(record -> true), share());
  }

  /** Takes a share, and returns how it is given up. */
  synchronized Release share() {
    shares++;
    return this::giveUp;
  }

  private synchronized void giveUp(String why) {
    shares--;
    if (shares == 0) {
      held.release(why);
    }
  }
}
