package dev.sluice.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CampaignTest {
  private static final int ROUNDS = 3;

  @Test
  void measuresQueriesInProcessesOfTheirOwn() throws Exception {
    Settings.Scope scope =
        new Settings.Scope(
            List.of(Query.Q1, Query.Q5), List.of(Mode.BATCH), List.of(Runner.SLUICE));
    Settings.Effort effort =
        new Settings.Effort(new Load(2_000, 2, 1), new Rounds(0, ROUNDS), 1, Given.limits());
    ByteArrayOutputStream progress = new ByteArrayOutputStream();

    Measurements measured =
        new Campaign(
                Given.EMPTY_PROJECT,
                effort,
                new PrintStream(progress, true, StandardCharsets.UTF_8))
            .run(scope);

    String said = progress.toString(StandardCharsets.UTF_8);
    for (Query query : scope.queries()) {
      Outcome outcome = measured.of(Given.batch(query, Runner.SLUICE)).outcomes().get(0);
      assertTrue(outcome.failure().isEmpty(), said);
      assertEquals(ROUNDS, outcome.timed().size());
      assertEquals(200, outcome.hashed().get(0).events());
      assertTrue(outcome.timed().stream().allMatch(round -> round.results() > 0));
      assertTrue(said.contains("query " + query.label() + ", batch, Sluice: "), said);
    }
    assertTrue(measured.of(Limit.CODED).warm().isPresent(), said);
    assertEquals(List.of(), Fingerprints.disagreements(measured.cases()));
  }
}
