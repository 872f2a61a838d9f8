package dev.sluice.engine.time;

/** A source of the current time. Implementations are safe for use by many threads. */
public interface Clock {

  /** Milliseconds since the epoch. */
  long nowMs();

  /** The machine's own clock. */
  static Clock system() {
    return System::currentTimeMillis;
  }
}
