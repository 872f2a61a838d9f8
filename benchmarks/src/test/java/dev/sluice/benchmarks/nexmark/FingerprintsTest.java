package dev.sluice.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FingerprintsTest {
  private final Measurements measured = new Measurements();

  @Test
  void agreeOverRunnersAndModes() {
    measured.add(Given.batch(Query.Q5, Runner.SLUICE), Given.hashed(3, 9));
    measured.add(Given.batch(Query.Q5, Runner.FLINK), Given.hashed(3, 9));
    measured.add(Given.streaming(Query.Q5, Runner.SLUICE), Given.hashed(3, 9));
    measured.add(Given.batch(Query.Q7, Runner.SLUICE), Given.hashed(4, 8));

    assertEquals(List.of(), disagreements());
  }

  @Test
  void areNamedWithThoseWhoHaveThem() {
    measured.add(Given.batch(Query.Q5, Runner.SLUICE), Given.hashed(3, 9));
    measured.add(Given.batch(Query.Q5, Runner.SPARK), Given.hashed(3, 9));
    measured.add(Given.streaming(Query.Q5, Runner.SLUICE), Given.hashed(3, 10));

    assertEquals(
        List.of(
            "query 5, 1000 events, hashed: 3 results with hash 10 (Sluice in streaming);"
                + " 3 results with hash 9 (Sluice in batch, Spark in batch)"),
        disagreements());
  }

  @Test
  void mustAgreeFromProcessToProcess() {
    measured.add(Given.batch(Query.Q5, Runner.SLUICE), Given.hashed(3, 9));
    measured.add(Given.batch(Query.Q5, Runner.SLUICE), Given.hashed(2, 9));

    assertEquals(1, disagreements().size());
  }

  @Test
  void areOfTheSameNumberOfEvents() {
    measured.add(Given.batch(Query.Q5, Runner.SLUICE), rounds(new Report.Timed(true, 1000, 1, 7)));
    measured.add(Given.batch(Query.Q5, Runner.DIRECT), rounds(new Report.Timed(true, 100, 1, 2)));
    assertEquals(List.of(), disagreements());

    measured.add(Given.batch(Query.Q5, Runner.FLINK), rounds(new Report.Timed(true, 1000, 1, 8)));
    assertTrue(disagreements().get(0).startsWith("query 5, 1000 events, counted: "));
  }

  @Test
  void areMissingUnlessAProcessHasGivenSome() {
    Measurements.Case direct = Given.streaming(Query.Q5, Runner.DIRECT);
    measured.add(direct, Given.ended(2, 1, "stopped"));
    measured.add(Given.batch(Query.Q5, Runner.SLUICE), Given.ended(2, 1, "stopped"));
    measured.add(Given.batch(Query.Q5, Runner.SLUICE), Given.hashed(3, 9));
    measured.add(Given.streaming(Query.Q6, Runner.DIRECT), Given.ended(2, 1, "stopped"));

    assertEquals(List.of(direct), Fingerprints.missing(measured.cases()));
  }

  @Test
  void areNotComparedWhereTheyMayDiffer() {
    for (Query query : List.of(Query.Q4, Query.Q6, Query.Q9, Query.Q10, Query.Q12)) {
      measured.add(Given.batch(query, Runner.SLUICE), Given.hashed(3, 9));
      measured.add(Given.streaming(query, Runner.SLUICE), Given.hashed(3, 10));
    }
    measured.add(Given.batch(Query.Q9, Runner.DIRECT), Given.hashed(3, 11));
    assertEquals(List.of(), disagreements());

    measured.add(Given.batch(Query.Q9, Runner.SPARK), Given.hashed(3, 11));
    assertEquals(1, disagreements().size());
  }

  private List<String> disagreements() {
    return Fingerprints.disagreements(measured.cases());
  }

  private static Outcome rounds(Report... reports) {
    return new Outcome(List.of(reports), Optional.empty());
  }
}
