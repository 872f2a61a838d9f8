package dev.sluice.engine.exchange;

import java.io.IOException;

/**
 * Records in frames, one behind another, each as {@code key length | key | value length | value}
 * and within one frame. Safe for use by many threads.
 */
interface Frames {

  /** The frame at {@code position}, which ends before {@code end}. */
  Content at(long position, long end) throws IOException;

  /**
   * What is in a frame.
   *
   * @param next the position behind it
   */
  record Content(byte[] bytes, long next) {}
}
