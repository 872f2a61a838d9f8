package dev.sluice.engine.rdd;

import java.io.Serializable;

/** A function of one argument. What it throws fails the task that called it. */
@FunctionalInterface
public interface Function1<A, R> extends Serializable {

  /** Computes the result for {@code argument}. */
  R apply(A argument) throws Exception;
}
