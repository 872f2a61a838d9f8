package dev.sluice.engine.state;

import java.util.function.Supplier;

/** Keeps state as objects on the heap; nothing is written but checkpoints. */
record HeapState() implements StateStore {
  @Override
  public StatePartition partition(Supplier<StateFormat> format, boolean recorded) {
    return new StatePartition(recorded);
  }

  @Override
  public void close() {}
}
