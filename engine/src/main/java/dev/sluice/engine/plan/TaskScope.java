package dev.sluice.engine.plan;

import java.util.function.Supplier;

/**
 * One attempt of one task, as the code that it runs sees it. Used by the attempt's thread, and by
 * others only after the attempt has ended.
 */
public interface TaskScope {

  /** Index of the task in its stage, from 0. */
  int partition();

  /** Which try of the task this is, from 1. */
  int attempt();

  /** Whether the attempt should end: its result will not be used. */
  boolean cancelled();

  /** Says which part of the task's input was read, from 0 to 1; for people only. */
  default void fractionRead(double fraction) {}

  /** The object that this attempt keeps under {@code key}; made at the first call. */
  <T> T local(Class<T> key, Supplier<? extends T> make);
}
