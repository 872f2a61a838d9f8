package dev.sluice.benchmarks.nexmark;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What a run of the benchmark has measured so far. For one thread. */
final class Measurements {
  private final Map<Case, Samples> cases = new LinkedHashMap<>();
  private final Map<Limit, Samples> limits = new EnumMap<>(Limit.class);

  /** What has a figure of its own. */
  record Case(Query query, Mode mode, Runner runner) {
    @Override
    public String toString() {
      return "query " + query.label() + ", " + mode.label() + ", " + runner.title();
    }
  }

  void add(Case measured, Outcome outcome) {
    cases.put(measured, of(measured).with(outcome));
  }

  void add(Limit limit, Outcome outcome) {
    limits.put(limit, of(limit).with(outcome));
  }

  /** All cases of which a process has run, in the order of their first processes. */
  Map<Case, Samples> cases() {
    return Collections.unmodifiableMap(cases);
  }

  Samples of(Case measured) {
    return cases.getOrDefault(measured, Samples.NONE);
  }

  Samples of(Limit limit) {
    return limits.getOrDefault(limit, Samples.NONE);
  }

  /** Thousand events a second in warm rounds. */
  OptionalDouble warm(Query query, Mode mode, Runner runner) {
    return of(new Case(query, mode, runner)).warm();
  }

  /** Thousand events a second in the first round of a process. */
  OptionalDouble cold(Query query, Mode mode, Runner runner) {
    return of(new Case(query, mode, runner)).cold();
  }
}
