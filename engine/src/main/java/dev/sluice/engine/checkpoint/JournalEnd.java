package dev.sluice.engine.checkpoint;

/**
 * How far a journal counts. What lies in the segment behind that was never promised to anybody.
 *
 * @param segment the name of its last segment, "" if there is none
 * @param position the bytes of that segment that count
 */
public record JournalEnd(String segment, long position) {
  /** The end of a journal without segments. */
  public static final JournalEnd NOTHING = new JournalEnd("", 0);
}
