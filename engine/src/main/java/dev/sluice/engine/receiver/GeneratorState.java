package dev.sluice.engine.receiver;

/**
 * The life of a {@link BlockGenerator}, one way only. Its order is such that a stop loses nothing.
 */
enum GeneratorState {
  /** It has not been started: nothing can be stored. */
  INITIALIZED,

  /** Records are stored and cut into blocks. */
  ACTIVE,

  /** No store begins any more; some records may still be in no block. */
  STOPPED_ADDING_DATA,

  /** All records are in blocks, some of which wait. */
  STOPPED_GENERATING_BLOCKS,

  /** All blocks have been taken. */
  STOPPED_ALL;

  boolean adding() {
    return this == ACTIVE;
  }
}
