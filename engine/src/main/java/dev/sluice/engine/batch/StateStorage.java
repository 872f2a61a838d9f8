package dev.sluice.engine.batch;

/** Where a stream keeps its state while it runs. */
public enum StateStorage {
  /** As objects on the heap: the fastest as long as there is room. */
  HEAP,
  /** In a database among the temporary files, encoded; what is used often is cached. */
  DISK
}
