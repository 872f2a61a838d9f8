package dev.sluice.validates;

import java.util.Optional;

/**
 * What an outcome means in a mode, given the mode's exclusion of the test.
 *
 * @param kind the column of the capability table the test counts in
 * @param problem what the build has to fail with, if it has to
 * @param remark why the test is excluded or ignored, otherwise empty
 */
record Verdict(Kind kind, Optional<Throwable> problem, String remark) {

  /** The columns of the capability table. */
  enum Kind {
    PASSED,
    FAILED,
    /** Listed as an expected failure, and it failed. */
    EXCLUDED,
    /** Left out by Beam itself. */
    IGNORED
  }

  static Verdict of(Outcome outcome, Optional<String> exclusion, String exclusionFile) {
    if (outcome instanceof Outcome.Failed failed) {
      return exclusion
          .map(reason -> new Verdict(Kind.EXCLUDED, Optional.empty(), reason))
          .orElseGet(() -> failed(failed.cause()));
    }
    if (outcome instanceof Outcome.Ignored ignored) {
      return exclusion.isPresent()
          ? failed(
              new AssertionError("Beam ignores it: take it off validates-runner/" + exclusionFile))
          : new Verdict(Kind.IGNORED, Optional.empty(), ignored.reason());
    }
    return exclusion.isPresent()
        ? failed(new AssertionError("passes now: take it off validates-runner/" + exclusionFile))
        : new Verdict(Kind.PASSED, Optional.empty(), "");
  }

  private static Verdict failed(Throwable problem) {
    return new Verdict(Kind.FAILED, Optional.of(problem), "");
  }
}
