package dev.sluice.validates;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A way to run pipelines which is held to the whole of both suites.
 *
 * @param name the mode's name in results and in the capability table
 * @param optionList the pipeline options of every test
 * @param exclusionFile the file, in this module's folder, that lists the expected failures
 */
record Mode(String name, List<String> optionList, String exclusionFile) {

  private static final String RUNNER = "--runner=TestSluiceRunner";

  /** As the inputs of each pipeline ask for: bounded ones as one job, others batch by batch. */
  static final Mode AUTO = new Mode("auto", List.of(RUNNER), "exclusions.txt");

  /** Every pipeline batch by batch. */
  static final Mode STREAMING =
      new Mode(
          "streaming",
          List.of(RUNNER, "--streaming=true", "--batchDurationMs=10"),
          "exclusions.txt");

  /** The same with all state in a database on disk. */
  static final Mode DISK =
      new Mode(
          "disk",
          List.of(RUNNER, "--streaming=true", "--batchDurationMs=10", "--stateStore=DISK"),
          "exclusions.txt");

  /** Threads for tests that sleep: they sleep beside each other. */
  private static final String MANY_THREADS = "--parallelism=100";

  /** Every mode; each has a test class for each {@link Shard}. */
  static List<Mode> all() {
    return List.of(AUTO, STREAMING, DISK);
  }

  /**
   * The options of the tests of {@code shard}, with {@code further} ones, which take the place of
   * those with the same names: a JSON list, as Beam's TestPipeline takes it.
   */
  String options(Shard shard, List<String> further) {
    Map<String, String> byName = new LinkedHashMap<>();
    optionList.forEach(option -> byName.put(name(option), option));
    further.forEach(option -> byName.put(name(option), option));
    if (shard == Shard.APART) {
      byName.put(name(MANY_THREADS), MANY_THREADS);
    }
    return byName.values().stream()
        .map(option -> '"' + option + '"')
        .collect(joining(", ", "[", "]"));
  }

  private static String name(String option) {
    return option.substring(0, option.indexOf('='));
  }
}
