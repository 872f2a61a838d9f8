package dev.sluice.validates;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;

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

  /** Threads for tests that sleep: they sleep beside each other. */
  private static final String MANY_THREADS = "--parallelism=100";

  private static final String PARALLELISM = "--parallelism=";

  /** Every mode; each has a test class for each {@link Shard}. */
  static List<Mode> all() {
    return List.of(AUTO, STREAMING);
  }

  /**
   * The options of the tests of {@code shard}, with {@code further} ones: a JSON list, as Beam's
   * TestPipeline takes it.
   */
  String options(Shard shard, List<String> further) {
    Stream<String> all = Stream.concat(optionList.stream(), further.stream());
    if (shard == Shard.APART) {
      all =
          Stream.concat(
              all.filter(option -> !option.startsWith(PARALLELISM)), Stream.of(MANY_THREADS));
    }
    return all.map(option -> '"' + option + '"').collect(joining(", ", "[", "]"));
  }
}
