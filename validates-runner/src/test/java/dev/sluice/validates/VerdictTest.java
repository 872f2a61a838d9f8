package dev.sluice.validates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VerdictTest {

  private static final Optional<String> LISTED = Optional.of("why");
  private static final Optional<String> NOT_LISTED = Optional.empty();

  private final Throwable cause = new AssertionError("wrong");
  private final Outcome passed = new Outcome.Passed();
  private final Outcome failed = new Outcome.Failed(cause);
  private final Outcome ignored = new Outcome.Ignored("by Beam");

  @Test
  void withoutAnExclusionTheOutcomeCounts() {
    assertEquals(
        new Verdict(Verdict.Kind.PASSED, Optional.empty(), ""), verdict(passed, NOT_LISTED));
    assertEquals(
        new Verdict(Verdict.Kind.FAILED, Optional.of(cause), ""), verdict(failed, NOT_LISTED));
    assertEquals(
        new Verdict(Verdict.Kind.IGNORED, Optional.empty(), "by Beam"),
        verdict(ignored, NOT_LISTED));
  }

  @Test
  void anExcludedTestHasToFail() {
    assertEquals(
        new Verdict(Verdict.Kind.EXCLUDED, Optional.empty(), "why"), verdict(failed, LISTED));
    assertEquals(
        "passes now: take it off validates-runner/list.txt", problem(verdict(passed, LISTED)));
    assertEquals(
        "Beam ignores it: take it off validates-runner/list.txt",
        problem(verdict(ignored, LISTED)));
  }

  @Test
  void ofTwoExecutionsTheWorseCounts() {
    assertEquals(failed, Outcome.worst(passed, failed));
    assertEquals(failed, Outcome.worst(failed, ignored));
    assertEquals(failed, Outcome.worst(ignored, failed));
    assertEquals(ignored, Outcome.worst(passed, ignored));
    assertEquals(ignored, Outcome.worst(ignored, passed));
    assertEquals(passed, Outcome.worst(passed, passed));
  }

  private static Verdict verdict(Outcome outcome, Optional<String> exclusion) {
    return Verdict.of(outcome, exclusion, "list.txt");
  }

  private static String problem(Verdict verdict) {
    assertEquals(Verdict.Kind.FAILED, verdict.kind());
    return verdict.problem().orElseThrow().getMessage();
  }
}
