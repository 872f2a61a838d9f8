package dev.sluice.benchmarks.nexmark;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the samples of a profile fall. A sample belongs to the innermost frame of its stack that is
 * of a known {@link Part}, so that what a coder does in the JDK is the coder's.
 */
final class Costs {
  private static final String OTHER = "the JVM, the JDK and other libraries";

  private Costs() {}

  /** The {@code share} of all samples that belongs to {@code what}. */
  record Cost(String what, double share) {}

  /**
   * The parts that have samples, the largest first.
   *
   * @param stacks lines of frames, the thread first, and the number of their samples
   */
  static List<Cost> of(List<String> stacks) {
    Map<String, Long> samples = new LinkedHashMap<>();
    long all = 0;
    for (String line : stacks) {
      int end = line.lastIndexOf(' ');
      long number = Long.parseLong(line.substring(end + 1));
      String part = part(List.of(line.substring(0, end).split(";"))).map(Part::title).orElse(OTHER);
      samples.merge(part, number, Long::sum);
      all += number;
    }
    double total = all;
    return samples.entrySet().stream()
        .map(entry -> new Cost(entry.getKey(), entry.getValue() / total))
        .sorted(Comparator.comparingDouble(Cost::share).reversed())
        .toList();
  }

  private static Optional<Part> part(List<String> stack) {
    Optional<Part> ofThread = Part.ofThread(stack.get(0).replaceFirst("^\\[", ""));
    if (ofThread.isPresent()) {
      return ofThread;
    }
    for (int i = stack.size() - 1; i > 0; i--) {
      Optional<Part> ofFrame = Part.ofFrame(stack.get(i));
      if (ofFrame.isPresent()) {
        return ofFrame;
      }
    }
    return Optional.empty();
  }
}
