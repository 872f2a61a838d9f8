package dev.sluice.engine.state;

/** Which clock a timer follows. */
public enum TimerDomain {
  /** The watermark of the operator's input. */
  EVENT_TIME(1),
  /** The clock of the engine, read once a batch. */
  PROCESSING_TIME(2),
  /** Processing time, not before what is upstream has come as far. */
  SYNCHRONIZED_PROCESSING_TIME(3),
  /**
   * The clock again, for work that is to be taken up later: the end of input does not hasten it.
   */
  RESUME(4),
  /** The number of the last batch that is durable, as far as known when a batch is planned. */
  DURABLE(5);

  private final int code;

  TimerDomain(int code) {
    this.code = code;
  }

  /** What stands for it in files. */
  int code() {
    return code;
  }

  static TimerDomain ofCode(int code) {
    for (TimerDomain domain : values()) {
      if (domain.code == code) {
        return domain;
      }
    }
    throw new IllegalArgumentException("no timer domain has the code " + code);
  }
}
