package dev.sluice.benchmarks.nexmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether all runners and modes gave the same results where they must. */
final class Fingerprints {
  private Fingerprints() {}

  /** Says of each query that had several results which they were and who had them. */
  static List<String> disagreements(Map<Measurements.Case, Samples> cases) {
    // Each query and number of events has the results of its own, each of those who gave it.
    Map<String, Map<String, List<String>>> results = new LinkedHashMap<>();
    cases.forEach(
        (each, samples) -> {
          if (covers(each)) {
            add(results, each, samples);
          }
        });
    List<String> found = new ArrayList<>();
    results.forEach(
        (what, given) -> {
          if (given.size() > 1) {
            found.add(what + ": " + String.join("; ", said(given)));
          }
        });
    return found;
  }

  /** The cases that should be compared, of which no process has given results to compare. */
  static List<Measurements.Case> missing(Map<Measurements.Case, Samples> cases) {
    return cases.entrySet().stream()
        .filter(entry -> covers(entry.getKey()))
        .filter(entry -> entry.getValue().outcomes().stream().allMatch(o -> o.hashed().isEmpty()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean covers(Measurements.Case each) {
    return each.query().agreement().covers(each.runner(), each.mode());
  }

  private static void add(
      Map<String, Map<String, List<String>>> results, Measurements.Case each, Samples samples) {
    String who = each.runner().title() + " in " + each.mode().label();
    for (Outcome outcome : samples.outcomes()) {
      for (Report.Timed round : outcome.timed()) {
        add(results, what(each, round.events(), "counted"), round.results() + " results", who);
      }
      for (Report.Hashed round : outcome.hashed()) {
        Fingerprint fingerprint = round.fingerprint();
        String result = fingerprint.count() + " results with hash " + fingerprint.hash();
        add(results, what(each, round.events(), "hashed"), result, who);
      }
    }
  }

  private static void add(
      Map<String, Map<String, List<String>>> results, String what, String result, String who) {
    List<String> all =
        results
            .computeIfAbsent(what, key -> new TreeMap<>())
            .computeIfAbsent(result, key -> new ArrayList<>());
    if (!all.contains(who)) {
      all.add(who);
    }
  }

  private static String what(Measurements.Case each, long events, String how) {
    return "query " + each.query().label() + ", " + events + " events, " + how;
  }

  private static List<String> said(Map<String, List<String>> given) {
    return given.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
        .toList();
  }
}
