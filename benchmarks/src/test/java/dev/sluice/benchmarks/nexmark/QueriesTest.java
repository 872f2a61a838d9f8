package dev.sluice.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All queries, on the runners that this build has anyway. DirectRunner is asked in batch only: some
 * of its streams take minutes for ten thousand events.
 */
final class QueriesTest {
  private static final Load LOAD = new Load(10_000, 2, 1);
  private static final int WORKERS = 2;

  private final Measurements measured = new Measurements();

  @ParameterizedTest
  @EnumSource
  void giveWhatTheyGiveOnDirectRunner(Query query) throws Exception {
    run(query, Mode.BATCH, Runner.DIRECT);
    for (Mode mode : Mode.values()) {
      if (query.runsIn(mode)) {
        Fingerprint fingerprint = run(query, mode, Runner.SLUICE).fingerprint();
        assertTrue(fingerprint.count() > 0, mode.label());
      }
    }
    assertEquals(List.of(), Fingerprints.disagreements(measured.cases()));
  }

  private Report.Hashed run(Query query, Mode mode, Runner runner) {
    RunArguments arguments =
        new RunArguments(
            query, LOAD, new Rounds(0, 0), LOAD.events(), runner.options(mode, WORKERS));
    Report.Hashed hashed = new NexmarkRun(arguments).hashed();
    measured.add(
        new Measurements.Case(query, mode, runner), new Outcome(List.of(hashed), Optional.empty()));
    return hashed;
  }
}
