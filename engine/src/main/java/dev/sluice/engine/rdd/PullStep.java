package dev.sluice.engine.rdd;

import java.util.List;

/** Computes each partition from the partitions with the same number, at its own pace. */
record PullStep(List<Dataset> parents, PartitionFunction<?> function) implements Step {
  PullStep {
    parents = List.copyOf(parents);
  }

  @Override
  public int partitions() {
    int partitions = parents.get(0).partitions();
    for (Dataset other : parents) {
      if (other.partitions() != partitions) {
        throw new IllegalArgumentException(
            String.format(
                "%s has %d partitions and %s has %d: repartition one of them to zip them",
                parents.get(0).label(), partitions, other.label(), other.partitions()));
      }
    }
    return partitions;
  }

  @Override
  public List<Branch> plan(JobPlan job, Label label, Partitions wanted) {
    List<List<Branch>> sides =
        parents.stream().map(parent -> job.branches(parent, wanted)).toList();
    return List.of(job.pull(label, sides, wanted, function));
  }
}
