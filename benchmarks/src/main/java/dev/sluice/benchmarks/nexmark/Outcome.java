package dev.sluice.benchmarks.nexmark;

import java.util.List;
import java.util.Optional;

/**
 * What a child has left.
 *
 * @param reports of the rounds that it finished
 * @param failure why it did not finish all of them, if so
 */
record Outcome(List<Report> reports, Optional<String> failure) {
  Outcome {
    reports = List.copyOf(reports);
  }

  /** Its timed rounds. */
  List<Report.Timed> timed() {
    return reports.stream()
        .filter(Report.Timed.class::isInstance)
        .map(Report.Timed.class::cast)
        .toList();
  }

  /** Those of them that it was warm in. */
  List<Report.Timed> warm() {
    return timed().stream().filter(Report.Timed::warm).toList();
  }

  /** Its hashed rounds. */
  List<Report.Hashed> hashed() {
    return reports.stream()
        .filter(Report.Hashed.class::isInstance)
        .map(Report.Hashed.class::cast)
        .toList();
  }
}
