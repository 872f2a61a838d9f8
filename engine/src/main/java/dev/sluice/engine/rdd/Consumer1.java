package dev.sluice.engine.rdd;

import java.io.Serializable;

/** Something done with a value. What it throws fails the task that called it. */
@FunctionalInterface
public interface Consumer1<A> extends Serializable {

  /** Does it with {@code argument}. */
  void accept(A argument) throws Exception;
}
