package dev.sluice.engine.stream;

/** What becomes of the ticks that came between two processes. */
public enum Downtime {
  /** A batch each, one after another, so that windows are what they would have been. */
  REPLAY,
  /** They are left out, as they are after a stop of the same context. */
  SKIP
}
