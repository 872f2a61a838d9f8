package dev.sluice.validates;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the build hands to a shard, by system properties.
 *
 * @param tests runs only the tests whose name this is found in
 * @param options pipeline options in place of the mode's own
 * @param seed chooses further options, see {@link RandomOptions}
 * @param folder where the exclusion files and the list of apart tests are
 * @param results where the shards write their results
 * @param table the capability table
 * @param build which build this is: results of another build are stale
 */
record Settings(
    Optional<Pattern> tests,
    Optional<String> options,
    Optional<Long> seed,
    Path folder,
    Path results,
    Path table,
    String build) {

  static Settings ofSystemProperties() {
    return new Settings(
        optional("suite.tests").map(Pattern::compile),
        optional("suite.options"),
        optional("suite.seed").map(Settings::seed),
        Path.of(required("suite.folder")),
        Path.of(required("suite.results")),
        Path.of(required("suite.table")),
        required("suite.build"));
  }

  private static long seed(String text) {
    return text.equals("new") ? System.nanoTime() : Long.parseLong(text);
  }

  /** Whether the results say what the runner is capable of: all tests, with their own options. */
  boolean whole() {
    return tests.isEmpty() && options.isEmpty() && seed.isEmpty();
  }

  boolean selects(String test) {
    return tests.isEmpty() || tests.get().matcher(test).find();
  }

  private static Optional<String> optional(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
  }

  private static String required(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalStateException("no " + name + ": the suites run by Maven"));
  }
}
