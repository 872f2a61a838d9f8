package dev.sluice.benchmarks.nexmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Figures that nobody has measured. */
final class Given {
  /** A folder without the class paths of the peers. */
  static final Project EMPTY_PROJECT = new Project(Path.of("no-such-folder"));

  private static final int COLD_ROUNDS = 5;

  private Given() {}

  /** A process with cold rounds of a tenth of {@code rate} and two warm ones. */
  static Outcome process(double rate) {
    List<Report> rounds =
        new ArrayList<>(Collections.nCopies(COLD_ROUNDS, round(false, rate / 10)));
    rounds.addAll(List.of(round(true, rate), round(true, rate)));
    return new Outcome(rounds, Optional.empty());
  }

  /** A process that was ended after {@code cold} and {@code warm} rounds. */
  static Outcome ended(int cold, int warm, String failure) {
    List<Report> reports = new ArrayList<>();
    reports.addAll(Collections.nCopies(cold, round(false, 1)));
    reports.addAll(Collections.nCopies(warm, round(true, 1)));
    return new Outcome(reports, Optional.of(failure));
  }

  /** A process that had {@code count} results with {@code hash} in its last round. */
  static Outcome hashed(long count, long hash) {
    return new Outcome(
        List.of(new Report.Hashed(1000, new Fingerprint(count, hash))), Optional.empty());
  }

  /** A round of {@code rate} thousand events a second. */
  static Report.Timed round(boolean warm, double rate) {
    return new Report.Timed(warm, 1000, 1 / rate, 7);
  }

  static Measurements.Case batch(Query query, Runner runner) {
    return new Measurements.Case(query, Mode.BATCH, runner);
  }

  static Measurements.Case streaming(Query query, Runner runner) {
    return new Measurements.Case(query, Mode.STREAMING, runner);
  }

  static Settings.Scope scope(Query... queries) {
    return new Settings.Scope(List.of(queries), List.of(Mode.values()), List.of(Runner.values()));
  }

  static ChildLimits limits() {
    return new ChildLimits("512m", Duration.ofMinutes(5));
  }
}
