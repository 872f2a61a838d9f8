package dev.sluice.engine.rdd;

import java.util.List;

/** Stands for a dataset that was given up. */
record ReleasedStep(String message) implements Step {

  @Override
  public List<Dataset> parents() {
    return List.of();
  }

  @Override
  public int partitions() {
    throw new DatasetReleasedException(message);
  }

  @Override
  public List<Branch> plan(JobPlan job, Label label, Partitions wanted) {
    throw new DatasetReleasedException(message);
  }
}
