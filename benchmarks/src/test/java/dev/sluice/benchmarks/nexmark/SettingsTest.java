package dev.sluice.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SettingsTest {
  @Test
  void takesQueriesInTheirOwnOrder() {
    Settings settings = parse("--runners=direct,sluice", "--queries=SessionSideInputJoin,10,2");

    assertEquals(List.of(Query.Q2, Query.Q10, Query.SESSION_JOIN), settings.scope().queries());
    assertEquals(List.of(Runner.SLUICE, Runner.DIRECT), settings.scope().runners());
    assertEquals(List.of(Mode.BATCH, Mode.STREAMING), settings.scope().modes());
  }

  @Test
  void hasDefaultsForAllThatIsNotGiven() {
    Settings settings = parse("--runners=sluice");

    assertEquals(new Load(1_000_000, 4, 1), settings.effort().load());
    assertEquals(new Rounds(12, 3), settings.effort().rounds());
    assertEquals(2, settings.effort().processes());
    assertEquals("4g", settings.effort().child().heap());
    assertTrue(settings.profiles().isEmpty());
  }

  @Test
  void leavesTheDocumentAloneWhenSomethingIsLeftOut() {
    assertFalse(parse("--runners=sluice").document());
    assertFalse(parse("--runners=sluice", "--events=1000").document());
    assertTrue(parse("--runners=sluice", "--document=yes").document());
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    parse(
                        "queries",
                        "--queries=5,99,x",
                        "--rounds=0",
                        "--events=many",
                        "--heap=4t",
                        "--document=maybe",
                        "--mode=batch",
                        "--limit=1",
                        "--limit=2"))
            .getMessage();

    for (String problem :
        List.of(
            "'queries' is not of the form --name=value",
            "--queries has '99', allowed is some of 0,1,2,",
            "--queries has 'x'",
            "--rounds has '0', allowed is a whole number from 1",
            "--events has 'many'",
            "--heap has '4t', allowed is megabytes or gigabytes",
            "--document has 'maybe', allowed is yes or no",
            "there is no --mode, but --queries, --modes",
            "--limit is given twice",
            "there is no class path of Flink",
            "there is no class path of Spark",
            "build with -Pnexmark")) {
      assertTrue(message.contains(problem), () -> problem + " is not in: " + message);
    }
  }

  @Test
  void leavesOutWhatAModeCannotRun() {
    Settings.Scope scope = Given.scope(Query.Q12, Query.Q13);

    assertEquals(List.of(Query.Q12), scope.queriesIn(Mode.STREAMING));
    assertEquals(List.of(Query.Q12, Query.Q13), scope.queriesIn(Mode.BATCH));
    assertFalse(scope.runnersIn(Mode.STREAMING).contains(Runner.SPARK));
  }

  private static Settings parse(String... arguments) {
    return Settings.parse(Arrays.asList(arguments), Given.EMPTY_PROJECT);
  }
}
