package dev.sluice.engine.codec;

/**
 * Hands out one of several equal values, so that what many records or keys have in common is kept
 * once. It remembers the values that it has seen last, in a table of a fixed size; two of equal
 * hash codes have room beside each other. For use by one thread at a time.
 */
public final class Shared {
  private static final int REMEMBERED = 1 << 10;

  private Object[] known;

  /** {@code value}, or one equal to it that was handed out before. */
  @SuppressWarnings("unchecked")
  public <T> T of(T value) {
    if (known == null) {
      known = new Object[REMEMBERED];
    }
    int spread = value.hashCode() * 0x9E3779B9;
    int at = spread >>> 22;
    Object last = known[at];
    if (last != null && last.equals(value)) {
      return (T) last;
    }
    Object other = known[at ^ 1];
    if (other != null && other.equals(value)) {
      return (T) other;
    }
    if (last != null) {
      known[at ^ 1] = last;
    }
    known[at] = value;
    return value;
  }
}
