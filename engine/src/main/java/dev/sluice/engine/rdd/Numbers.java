package dev.sluice.engine.rdd;

/** Checks of arguments. */
final class Numbers {
  private Numbers() {}

  /**
   * Returns {@code value}; an {@link IllegalArgumentException} if it is less than {@code least}.
   */
  static int atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + ": at least " + least);
    }
    return value;
  }
}
