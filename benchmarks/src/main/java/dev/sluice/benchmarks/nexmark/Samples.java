package dev.sluice.benchmarks.nexmark;

import dev.sluice.benchmarks.Figures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What the processes of one case have given.
 *
 * @param outcomes of the processes, in order
 */
record Samples(List<Outcome> outcomes) {
  static final Samples NONE = new Samples(List.of());

  Samples {
    outcomes = List.copyOf(outcomes);
  }

  /** These and {@code outcome}. */
  Samples with(Outcome outcome) {
    List<Outcome> all = new ArrayList<>(outcomes);
    all.add(outcome);
    return new Samples(all);
  }

  /** The median of the warm rounds of all processes, in thousand events a second. */
  OptionalDouble warm() {
    return median(outcomes.stream().flatMap(outcome -> outcome.warm().stream()));
  }

  /** The median of the first rounds, in thousand events a second. */
  OptionalDouble cold() {
    return median(outcomes.stream().flatMap(outcome -> outcome.timed().stream().limit(1)));
  }

  /** Why processes did not finish their rounds, and after how many. */
  List<String> failures() {
    return outcomes.stream()
        .filter(outcome -> outcome.failure().isPresent())
        .map(
            outcome ->
                outcome.failure().get() + ", timed rounds until then: " + outcome.timed().size())
        .distinct()
        .toList();
  }

  private static OptionalDouble median(Stream<Report.Timed> rounds) {
    return median(rounds.map(Report.Timed::rate).toList());
  }

  /** The median of {@code numbers}, if there are any. */
  static OptionalDouble median(Collection<Double> numbers) {
    return numbers.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(new Figures(List.copyOf(numbers)).median());
  }
}
