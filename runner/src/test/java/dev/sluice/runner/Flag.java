package dev.sluice.runner;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicBoolean;

/** Something between a test and its DoFns and sources that has happened, or not yet. */
final class Flag implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Shared<AtomicBoolean> raised = Shared.of(new AtomicBoolean());

  void raise() {
    raised.get().set(true);
  }

  boolean isRaised() {
    return raised.get().get();
  }

  /** Raises it; true for the one who was first. */
  boolean raiseFirst() {
    return raised.get().compareAndSet(false, true);
  }
}
