package dev.sluice.benchmarks;

import dev.sluice.engine.exec.TaskListener;
import dev.sluice.engine.plan.TaskScope;

/** Is told, and does nothing. */
record NoListener() implements TaskListener {
  @Override
  public void submitted(TaskScope attempt) {}

  @Override
  public void succeeded(TaskScope attempt) {}

  @Override
  public void discarded(TaskScope attempt) {}
}
