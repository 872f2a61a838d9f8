package dev.sluice.benchmarks;

import java.util.List;
import java.util.Locale;

/** What was measured several times in one run. */
public record Figures(List<Double> measured) {
  public Figures {
    if (measured.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    measured = List.copyOf(measured);
  }

  /** The middle one, or the mean of the two in the middle. */
  public double median() {
    List<Double> sorted = measured.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The median, and between what it lies. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,.1f (%,.1f to %,.1f, %d times)",
        median(),
        measured.stream().mapToDouble(Double::doubleValue).min().getAsDouble(),
        measured.stream().mapToDouble(Double::doubleValue).max().getAsDouble(),
        measured.size());
  }
}
