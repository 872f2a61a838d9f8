package dev.sluice.benchmarks.nexmark;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How much a child may take.
 *
 * @param heap of its JVM, as 512m or 4g
 * @param limit after which it is killed
 */
record ChildLimits(String heap, Duration limit) {
  private static final Pattern HEAP = Pattern.compile("[1-9][0-9]{0,5}[mg]");

  /** What {@code --heap} and {@code --limit} say. */
  static ChildLimits parse(Arguments given, String heap, int limitSeconds) {
    return new ChildLimits(
        given.text("heap", HEAP, "megabytes or gigabytes, as 512m or 4g", heap),
        Duration.ofSeconds(given.number("limit", 1, limitSeconds)));
  }

  /** The heap in megabytes. */
  int megabytes() {
    int number = Integer.parseInt(heap.substring(0, heap.length() - 1));
    return heap.endsWith("g") ? Math.multiplyExact(number, 1024) : number;
  }

  /** The same with another heap. */
  ChildLimits ofMegabytes(int megabytes) {
    return new ChildLimits(megabytes + "m", limit);
  }
}
