package dev.sluice.engine.receiver;

import java.io.IOException;

/**
 * Is given each block of a receiver before a batch can take it, in order, so that a later process
 * finds what this one has lost. Called by one thread at a time.
 */
public interface BlockLog<T> {

  /**
   * Keeps the records of {@code block} and its mark; they may be lost until a {@link #sync}.
   *
   * @throws IOException if they cannot be kept: no batch gets the block
   */
  void append(Block<T> block) throws IOException;

  /** Whether {@link #append} keeps anything. */
  default boolean keepsRecords() {
    return true;
  }

  /** The mark after the last block that was appended, also by an earlier process; or null. */
  Object lastMark();

  /** Makes sure that nothing is lost that was appended before. */
  void sync() throws IOException;

  /** A log that keeps nothing. */
  static <T> BlockLog<T> none() {
    return new BlockLog<>() {
      @Override
      public boolean keepsRecords() {
        return false;
      }

      @Override
      public void append(Block<T> block) {}

      @Override
      public Object lastMark() {
        return null;
      }

      @Override
      public void sync() {}
    };
  }
}
