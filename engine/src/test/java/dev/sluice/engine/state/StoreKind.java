package dev.sluice.engine.state;

/** The stores that there are, for tests that hold for each. */
enum StoreKind {
  HEAP,
  DISK
}
