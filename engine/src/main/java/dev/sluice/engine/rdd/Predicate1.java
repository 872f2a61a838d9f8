package dev.sluice.engine.rdd;

import java.io.Serializable;

/** A condition. What it throws fails the task that called it. */
@FunctionalInterface
public interface Predicate1<A> extends Serializable {

  /** Whether {@code argument} meets it. */
  boolean test(A argument) throws Exception;
}
