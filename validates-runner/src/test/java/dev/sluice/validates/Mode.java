package dev.sluice.validates;

import java.util.List;

/**
 * A way to run pipelines which is held to the whole of both suites.
 *
 * @param name the mode's name in results and in the capability table
 * @param options the pipeline options of every test: a JSON list, as Beam's TestPipeline takes it
 * @param exclusionFile the file, in this module's folder, that lists the expected failures
 */
record Mode(String name, String options, String exclusionFile) {

  static final Mode BATCH = new Mode("batch", "[\"--runner=TestSluiceRunner\"]", "exclusions.txt");

  /** Every mode; each has a test class for each {@link Shard}. */
  static List<Mode> all() {
    return List.of(BATCH);
  }
}
