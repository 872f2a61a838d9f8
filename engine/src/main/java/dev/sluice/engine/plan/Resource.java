package dev.sluice.engine.plan;

/** Makes something that all tasks of a job share. */
@FunctionalInterface
public interface Resource<T> {

  /** Called once a job and key, by the task that asks first; others wait for it. */
  T open() throws Exception;
}
