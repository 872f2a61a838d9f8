package dev.sluice.validates;

import java.util.Optional;

/** How one execution of a Beam test ended. */
sealed interface Outcome {

  /** It passed. */
  record Passed() implements Outcome {}

  /**
   * It failed, or could not be run.
   *
   * @param cause what the test threw, or why there is no result
   */
  record Failed(Throwable cause) implements Outcome {}

  /**
   * Beam itself leaves it out, by annotation or by an assumption that does not hold.
   *
   * @param reason Beam's reason
   */
  record Ignored(String reason) implements Outcome {}

  /** What the test threw, if it failed. */
  default Optional<Throwable> failure() {
    return this instanceof Failed failed ? Optional.of(failed.cause()) : Optional.empty();
  }

  /** The outcome of two executions under one name: a failure outweighs, then being ignored. */
  static Outcome worst(Outcome one, Outcome other) {
    if (one instanceof Failed || other instanceof Passed) {
      return one;
    }
    return other instanceof Failed || one instanceof Passed ? other : one;
  }
}
