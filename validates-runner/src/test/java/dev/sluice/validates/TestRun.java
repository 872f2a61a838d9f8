package dev.sluice.validates;

import java.time.Duration;

/**
 * A finished execution of a Beam test.
 *
 * @param outcome how it ended
 * @param took how long it took
 */
record TestRun(Outcome outcome, Duration took) {

  /** Both executions under one name as one. */
  TestRun and(TestRun other) {
    return new TestRun(Outcome.worst(outcome, other.outcome), took.plus(other.took));
  }
}
