package dev.sluice.engine.exec;

import dev.sluice.engine.plan.TaskScope;

/**
 * Is told of attempts, on the thread that drives the job; of those that have ended with what they
 * kept in their scope.
 */
public interface TaskListener {

  /** The attempt is about to be handed to the executor. */
  void submitted(TaskScope attempt);

  /** The attempt's output is now part of the job's. Called once a task. */
  void succeeded(TaskScope attempt);

  /** The attempt has failed, or came second: nothing of it counts. */
  void discarded(TaskScope attempt);
}
