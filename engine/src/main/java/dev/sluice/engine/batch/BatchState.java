package dev.sluice.engine.batch;

/** Where a batch stands. */
public enum BatchState {
  /** What it reads is fixed. */
  PLANNED,
  /** Its tasks run. */
  RUNNING,
  /** Its output and its state count. */
  COMMITTED,
  /** It will not be run again, whatever happens. */
  DURABLE,
  /** Sources have been told, blocks are dropped. */
  FINALIZED;

  boolean leadsTo(BatchState next) {
    return switch (this) {
      case PLANNED -> next == RUNNING;
      case RUNNING -> next == COMMITTED;
      case COMMITTED -> next == DURABLE;
      case DURABLE -> next == FINALIZED;
      case FINALIZED -> false;
    };
  }
}
