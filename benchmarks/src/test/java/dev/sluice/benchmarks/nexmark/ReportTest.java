package dev.sluice.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReportTest {
  @Test
  void readsWhatAChildHasWritten() {
    for (Report report :
        List.of(
            new Report.Timed(true, 1_000_000, 0.25, 12),
            new Report.Timed(false, 1, 1.5e-9, 0),
            new Report.Hashed(3, new Fingerprint(4, -5)))) {
      assertEquals(Optional.of(report), Report.parse(report.line()));
    }
  }

  @Test
  void ignoresWhatOthersHaveWritten() {
    String line = new Report.Timed(true, 1, 1, 1).line();
    for (String foreign :
        List.of(
            "",
            "2026-11-22T23:26:53.372Z Expected auction duration is 334 ms",
            "nexmark: something else",
            "WARN " + line,
            line.substring(0, line.length() - 1))) {
      assertEquals(Optional.empty(), Report.parse(foreign));
    }
  }

  @Test
  void countsThousandEventsASecond() {
    assertEquals(2000, new Report.Timed(true, 1_000_000, 0.5, 1).rate());
  }

  @Test
  void handsArgumentsToAChild() {
    RunArguments arguments =
        new RunArguments(
            Query.BOUNDED_JOIN,
            new Load(10, 2, 3),
            new Rounds(4, 6),
            5,
            List.of("--runner=x", "--parallelism=2"));

    assertEquals(arguments, RunArguments.parse(arguments.toArguments()));
    RunArguments bare =
        new RunArguments(Query.Q0, new Load(1, 1, 1), new Rounds(0, 0), 0, List.of());
    assertEquals(bare, RunArguments.parse(bare.toArguments()));
  }
}
