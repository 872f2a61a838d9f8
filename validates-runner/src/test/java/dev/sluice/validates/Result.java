package dev.sluice.validates;

import java.util.List;

/**
 * A row of a shard's results.
 *
 * @param test the test's name
 * @param suite the suite it counts for
 * @param categories its other categories
 * @param kind how it counts
 * @param millis how long it took
 * @param remark why it is excluded or ignored, otherwise empty
 * @param failure what it failed with, shortened, otherwise empty
 */
record Result(
    String test,
    Suite suite,
    List<String> categories,
    Verdict.Kind kind,
    long millis,
    String remark,
    String failure) {

  private static final int COLUMNS = 7;
  private static final int MAX_FAILURE = 300;

  Result {
    categories = List.copyOf(categories);
    remark = oneLine(remark);
    failure = shortened(oneLine(failure));
  }

  static Result of(BeamTest test, TestRun run, Verdict verdict) {
    return new Result(
        test.name(),
        test.suite(),
        test.categories(),
        verdict.kind(),
        run.took().toMillis(),
        verdict.remark(),
        verdict.problem().or(() -> run.outcome().failure()).map(Throwable::toString).orElse(""));
  }

  /** One line, its columns separated by tabs. */
  String line() {
    return String.join(
        "\t",
        test,
        suite.name(),
        String.join(",", categories),
        kind.name(),
        Long.toString(millis),
        remark,
        failure);
  }

  static Result parse(String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalArgumentException("not a result: " + line);
    }
    return new Result(
        columns[0],
        Suite.valueOf(columns[1]),
        columns[2].isEmpty() ? List.of() : List.of(columns[2].split(",", -1)),
        Verdict.Kind.valueOf(columns[3]),
        Long.parseLong(columns[4]),
        columns[5],
        columns[6]);
  }

  /** What Beam and the runner say may have any white space in it, and any length. */
  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static String shortened(String text) {
    return text.length() <= MAX_FAILURE ? text : text.substring(0, MAX_FAILURE);
  }
}
