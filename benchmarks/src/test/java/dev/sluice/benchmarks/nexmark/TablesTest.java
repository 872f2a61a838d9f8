package dev.sluice.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class TablesTest {
  private final Measurements measured = new Measurements();

  @Test
  void comparesBatchWithTheBestPeer() {
    batch(Query.Q5, 400, 10, 100, 50);

    assertEquals("| 5 | 400 | 10 | 100 | 50 | 4.0 | - |", line(Mode.BATCH, Query.Q5));
  }

  @Test
  void comparesStreamingWithFlinkAndWithBatch() {
    batch(Query.Q5, 400, 10, 100, 50);
    streaming(Query.Q5, 320, 500, 80);

    assertEquals("| 5 | 320 | 500 | 80 | 4.0 | - | 80 % |", line(Mode.STREAMING, Query.Q5));
  }

  @Test
  void showsInBoldWhatMissesAnAim() {
    batch(Query.Q5, 150, 10, 100, 50);
    streaming(Query.Q5, 100, 5, 40);

    assertEquals("| 5 | 150 | 10 | 100 | 50 | **1.50** | - |", line(Mode.BATCH, Query.Q5));
    assertEquals(
        "| 5 | 100 | 5.0 | 40 | **2.50** | - | **66.7 %** |", line(Mode.STREAMING, Query.Q5));
  }

  @Test
  void hasTheGeneratorForTheLimitOfTrivialQueries() {
    measured.add(Limit.GENERATED, Given.process(1000));
    measured.add(Limit.CODED, Given.process(500));
    batch(Query.Q0, 400, 10, 390, 50);
    batch(Query.Q1, 500, 10, 490, 50);
    batch(Query.Q5, 400, 10, 100, 50);

    assertEquals("| 0 | 400 | 10 | 390 | 50 | 1.0 | 80 % |", line(Mode.BATCH, Query.Q0));
    assertEquals("| 1 | 500 | 10 | 490 | 50 | 1.0 | **50.0 %** |", line(Mode.BATCH, Query.Q1));
    assertEquals("| 5 | 400 | 10 | 100 | 50 | 4.0 | 40 % |", line(Mode.BATCH, Query.Q5));
  }

  @Test
  void doesNotRoundAMissToTheAim() {
    measured.add(Limit.GENERATED, Given.process(1000));
    batch(Query.Q1, 596, 10, 490, 50);
    batch(Query.Q5, 169.6, 10, 100, 50);

    assertTrue(line(Mode.BATCH, Query.Q1).endsWith("| **59.6 %** |"));
    assertEquals("| 5 | 170 | 10 | 100 | 50 | **1.70** | 17 % |", line(Mode.BATCH, Query.Q5));
  }

  @Test
  void saysWhatQueryZeroReachesOfTheGeneratorAlone() {
    measured.add(Limit.GENERATED, Given.process(1000));
    batch(Query.Q0, 400, 10, 390, 50);

    String notes = new Notes(measured, Given.scope(Query.Q0)).toString();
    assertTrue(notes.contains("of the generator alone Sluice reaches 40 % in batch."), notes);
  }

  @Test
  void saysWhoHasNoResultsToCompare() {
    measured.add(Given.batch(Query.Q5, Runner.DIRECT), Given.ended(1, 0, "stopped after 300 s"));
    measured.add(Given.batch(Query.Q6, Runner.DIRECT), Given.ended(1, 0, "stopped after 300 s"));

    String notes = new Notes(measured, Given.scope(Query.Q5, Query.Q6)).toString();
    assertTrue(notes.contains("query 5, batch, DirectRunner: its results are not"), notes);
    assertFalse(notes.contains("query 6, batch, DirectRunner: its results are not"), notes);
  }

  @Test
  void takesTheGeometricMeanOfTheQueriesThatDoSomething() {
    batch(Query.Q0, 100, 10, 100, 50);
    batch(Query.Q3, 200, 10, 100, 50);
    batch(Query.Q5, 800, 10, 100, 50);
    Settings.Scope scope = Given.scope(Query.Q0, Query.Q3, Query.Q5, Query.Q7);

    String table = tables(scope).warm(Mode.BATCH);

    assertTrue(table.contains("| geometric mean from query 3 on |  |  |  |  | 4.0 |  |"), table);
  }

  @Test
  void showsADashAndTheReasonWhereAFigureIsMissing() {
    measured.add(Given.batch(Query.Q5, Runner.SLUICE), Given.process(100));
    measured.add(Given.batch(Query.Q5, Runner.DIRECT), Given.ended(1, 0, "stopped after 300 s"));
    measured.add(Given.batch(Query.Q5, Runner.FLINK), Given.ended(0, 0, "out of memory"));

    assertEquals("| 5 | 100 | - | - | - | - | - |", line(Mode.BATCH, Query.Q5));
    String notes = new Notes(measured, Given.scope(Query.Q5)).toString();
    assertTrue(notes.contains("query 5, batch, DirectRunner: stopped after 300 s"), notes);
    assertTrue(notes.contains("query 5, batch, Flink: out of memory"), notes);
  }

  @Test
  void marksQueriesWhoseResultsAreNotComparedEverywhere() {
    Settings.Scope scope = Given.scope(Query.Q4, Query.Q5, Query.Q9, Query.Q12, Query.Q13);
    Notes notes = new Notes(measured, scope);

    assertEquals(notes.mark(Query.Q4), notes.mark(Query.Q9));
    assertEquals("", notes.mark(Query.Q5));
    assertEquals(" ²", notes.mark(Query.Q12));
    assertTrue(notes.toString().contains("² " + Agreement.BATCH_BY_CLOCK.note()));
    assertTrue(notes.toString().contains("Query 13 is not in the streaming tables"));
    assertFalse(tables(scope).warm(Mode.STREAMING).contains("| 13"));
  }

  @Test
  void hasFirstRoundsInTheColdTable() {
    batch(Query.Q5, 400, 10, 100, 50);

    String cold = tables(Given.scope(Query.Q5)).cold(Mode.BATCH);

    assertTrue(cold.contains("| 5 | 40 | 1.0 | 10 | 5.0 |"), cold);
  }

  private void batch(Query query, double sluice, double direct, double flink, double spark) {
    measured.add(Given.batch(query, Runner.SLUICE), Given.process(sluice));
    measured.add(Given.batch(query, Runner.DIRECT), Given.process(direct));
    measured.add(Given.batch(query, Runner.FLINK), Given.process(flink));
    measured.add(Given.batch(query, Runner.SPARK), Given.process(spark));
  }

  private void streaming(Query query, double sluice, double direct, double flink) {
    measured.add(Given.streaming(query, Runner.SLUICE), Given.process(sluice));
    measured.add(Given.streaming(query, Runner.DIRECT), Given.process(direct));
    measured.add(Given.streaming(query, Runner.FLINK), Given.process(flink));
  }

  private String line(Mode mode, Query query) {
    return tables(Given.scope(query)).warm(mode).lines().skip(2).findFirst().orElseThrow();
  }

  private Tables tables(Settings.Scope scope) {
    return new Tables(measured, scope, new Notes(measured, scope));
  }
}
