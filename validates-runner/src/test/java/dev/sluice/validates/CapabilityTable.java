package dev.sluice.validates;

import static java.util.Comparator.comparing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The document that shows, per category of test, what the runner is capable of. */
final class CapabilityTable {

  private static final String HEAD =
      """
      # Capabilities

      Beam has two suites of tests for runners: `ValidatesRunner`, which every runner is held to, and
      `NeedsRunner`, the tests of Beam's own transforms that run on any runner. The table counts both
      by the category a test is given beside its suite, the feature it uses; a test with several
      categories counts in several rows. An excluded test is run all the same and has to fail; an
      ignored one is left out by Beam itself. The build of `validates-runner` writes this file.
      """;

  private static final String COLUMNS =
      """
      | Category | Tests | Passed | Failed | Excluded | Ignored |
      |---|--:|--:|--:|--:|--:|
      """;

  private static final String NO_CATEGORY = "(none)";

  private CapabilityTable() {}

  static String of(Map<Mode, List<Result>> byMode) {
    StringBuilder text = new StringBuilder(HEAD);
    byMode.forEach(
        (mode, results) -> {
          text.append("\n## Mode: ").append(mode.name()).append("\n\n");
          text.append("Pipeline options: `")
              .append(String.join(" ", mode.optionList()))
              .append("`\n\n");
          text.append(COLUMNS);
          rows(results).forEach((row, of) -> text.append(row(row, of)));
          text.append(excluded(mode, results));
        });
    return text.toString();
  }

  private static Map<String, List<Result>> rows(List<Result> results) {
    SortedMap<String, List<Result>> categories = new TreeMap<>();
    for (Result result : results) {
      Collection<String> of =
          result.categories().isEmpty() ? List.of(NO_CATEGORY) : result.categories();
      for (String category : of) {
        categories.merge(
            category,
            List.of(result),
            (one, two) -> Stream.of(one, two).flatMap(List::stream).toList());
      }
    }
    Map<String, List<Result>> rows = new LinkedHashMap<>(categories);
    for (Suite suite : Suite.values()) {
      rows.put(
          "**all of " + suite.category() + "**",
          results.stream().filter(result -> result.suite() == suite).toList());
    }
    return rows;
  }

  private static String row(String name, List<Result> results) {
    StringBuilder row = new StringBuilder("| ").append(name).append(" | ").append(results.size());
    for (Verdict.Kind kind : Verdict.Kind.values()) {
      row.append(" | ").append(results.stream().filter(result -> result.kind() == kind).count());
    }
    return row.append(" |\n").toString();
  }

  private static String excluded(Mode mode, List<Result> results) {
    List<Result> excluded =
        results.stream()
            .filter(result -> result.kind() == Verdict.Kind.EXCLUDED)
            .sorted(comparing(Result::suite).thenComparing(Result::test))
            .toList();
    StringBuilder text = new StringBuilder("\n### Excluded in ").append(mode.name()).append("\n");
    if (excluded.isEmpty()) {
      return text.append("\nNone.\n").toString();
    }
    for (Suite suite : Suite.values()) {
      List<Result> ofSuite = excluded.stream().filter(one -> one.suite() == suite).toList();
      if (!ofSuite.isEmpty()) {
        text.append("\nOf ").append(suite.category()).append(":\n\n");
        ofSuite.forEach(
            one -> text.append("- `" + one.test() + "`: ").append(one.remark()).append("\n"));
      }
    }
    return text.toString();
  }
}
