package dev.sluice.translation.group;

/** How many elements of the user's the {@link Part} stands for that is looked at. */
final class Count {
  private long elements;

  void set(long now) {
    elements = now;
  }

  long get() {
    return elements;
  }
}
