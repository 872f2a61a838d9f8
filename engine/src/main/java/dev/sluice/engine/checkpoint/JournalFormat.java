package dev.sluice.engine.checkpoint;

/**
 * What the segments of a journal consist of: each frame's payload begins with its kind and, but for
 * the header's, with how many bytes of the segment were synced when it was written.
 */
final class JournalFormat {
  static final String FOLDER = "journal/";
  static final long MAGIC = 0x534C_5549_4345_4A4CL;
  static final int FORMAT = 1;

  /** Bits for what a segment may contain that older programs do not know; none yet. */
  static final long FEATURES = 0;

  /** The first frame of a segment: magic, format, features, and where the segment before ends. */
  static final byte HEADER = 0;

  /** A record follows. */
  static final byte RECORD = 1;

  /** The last frame of a segment that was closed. */
  static final byte END = 2;

  private JournalFormat() {}
}
