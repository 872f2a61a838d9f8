package dev.sluice.engine.memory;

import java.io.IOException;

/** Something in memory that can move to disk at the request of another thread. */
public interface Spillable {

  /** Estimated heap bytes that {@link #spill} would free now; 0 while it is in use. */
  long spillableBytes();

  /** Moves to disk if it can, and returns the bytes that it gave back to the budget. */
  long spill() throws IOException;
}
