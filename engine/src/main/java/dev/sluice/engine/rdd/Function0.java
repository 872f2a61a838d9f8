package dev.sluice.engine.rdd;

import java.io.Serializable;

/** A function without arguments. What it throws fails the task that called it. */
@FunctionalInterface
public interface Function0<R> extends Serializable {

  /** Makes a value. */
  R apply() throws Exception;
}
