package dev.sluice.validates;

import java.util.Map;
import java.util.Optional;

/**
 * What became of one launcher execution.
 *
 * @param runs by unique id: of the tests that came to their turn, and of what encloses tests, a
 *     class for instance, if it did not succeed
 * @param abandoned whether the execution was left behind because it did not react to an interrupt
 */
record Report(Map<String, TestRun> runs, boolean abandoned) {

  Report {
    runs = Map.copyOf(runs);
  }

  /**
   * The run of a test, if there is one. A class that fails outside of its tests, before or after
   * them, fails all of them.
   */
  Optional<TestRun> run(String id) {
    return runs.entrySet().stream()
        .filter(run -> id.startsWith(run.getKey()))
        .map(Map.Entry::getValue)
        .reduce(TestRun::and);
  }
}
