package dev.sluice.engine.stream;

/** Where a {@link StreamingContext} stands. */
public enum StreamState {
  /** It is being defined; nothing has been started. */
  INITIALIZED,
  /** Receivers receive and batches run. */
  ACTIVE,
  /** It was told to stop; what has to be finished is being finished. */
  STOPPING,
  /** Nothing runs. It can be started again. */
  STOPPED,
  /** A batch or a receiver has failed, and nothing runs any more. */
  FAILED,
  /** It has been closed, or its definition was refused at the start. */
  CLOSED
}
