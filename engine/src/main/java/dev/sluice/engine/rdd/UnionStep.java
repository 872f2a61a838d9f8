package dev.sluice.engine.rdd;

import java.util.ArrayList;
import java.util.List;

/** The partitions of one dataset after those of another. */
record UnionStep(List<Dataset> parents) implements Step {
  UnionStep {
    parents = List.copyOf(parents);
  }

  @Override
  public int partitions() {
    return parents.stream().mapToInt(Dataset::partitions).sum();
  }

  @Override
  public List<Branch> plan(JobPlan job, Label label, Partitions wanted) {
    List<Branch> branches = new ArrayList<>();
    int start = 0;
    for (Dataset parent : parents) {
      int end = start + parent.partitions();
      int from = start;
      Partitions own = wanted.where(p -> p >= from && p < end).shifted(-start);
      job.branches(parent, own).forEach(branch -> branches.add(branch.shifted(from)));
      start = end;
    }
    return branches;
  }

  @Override
  public boolean stoppable() {
    return true;
  }
}
