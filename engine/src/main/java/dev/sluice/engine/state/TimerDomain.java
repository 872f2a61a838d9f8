package dev.sluice.engine.state;

/** Which clock a timer follows. */
public enum TimerDomain {
  /** The watermark of the operator's input. */
  EVENT_TIME,
  /** The clock of the engine, read once a batch. */
  PROCESSING_TIME,
  /** Processing time, not before what is upstream has come as far. */
  SYNCHRONIZED_PROCESSING_TIME,
  /**
   * The clock again, for work that is to be taken up later: the end of input does not hasten it.
   */
  RESUME
}
