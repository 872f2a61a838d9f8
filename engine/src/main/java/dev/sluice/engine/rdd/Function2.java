package dev.sluice.engine.rdd;

import java.io.Serializable;

/** A function of two arguments. What it throws fails the task that called it. */
@FunctionalInterface
public interface Function2<A, B, R> extends Serializable {

  /** Computes the result for both arguments. */
  R apply(A first, B second) throws Exception;
}
