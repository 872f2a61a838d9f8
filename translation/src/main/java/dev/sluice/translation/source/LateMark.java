package dev.sluice.translation.source;

/**
 * The mark behind records that are read later. Until then, and if they never are, it stands for the
 * mark before them. Safe for use by many threads.
 */
final class LateMark<MarkT> {
  private final MarkT before;
  private volatile MarkT behind;

  LateMark(MarkT before) {
    this.before = before;
  }

  /** What {@code mark} has come to mean if it is a late one, otherwise itself. */
  static Object resolved(Object mark) {
    if (mark instanceof LateMark<?> late) {
      return late.isRead() ? late.behind : late.before;
    }
    return mark;
  }

  /** Whether {@code mark} is other than the one before it, of which its source has been told. */
  static boolean isNews(Object mark) {
    return !(mark instanceof LateMark<?> late) || late.isRead();
  }

  /** The records were read up to {@code to}; null if they were not, after all. */
  void set(MarkT to) {
    behind = to;
  }

  boolean isRead() {
    return behind != null;
  }

  MarkT behind() {
    return behind;
  }
}
