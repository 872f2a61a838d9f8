package dev.sluice.engine.rdd;

import java.util.List;

/**
 * Stands for a dataset all of whose partitions lie in the block store, from where a plan takes them
 * before it asks the step.
 */
record MaterializedStep(int partitions) implements Step {

  /** Computes all partitions of {@code dataset} into blocks that move to disk, but are not lost. */
  static Dataset of(Dataset dataset) {
    RddContext context = dataset.context();
    Step copy = new PushStep(dataset, branch -> new Operators.Filter<>(record -> true), true, true);
    Dataset kept = new Dataset(context, context.label("materialize"), copy);
    kept.persist(StorageLevel.MEMORY_AND_DISK);
    try {
      new Evaluation<>("materialize", branch -> new Reports.ForEach<>(record -> {}), false)
          .run(kept);
      kept.cut(new MaterializedStep(kept.partitions()));
    } catch (RuntimeException | Error e) {
      kept.unpersist();
      throw e;
    }
    return kept;
  }

  @Override
  public List<Dataset> parents() {
    return List.of();
  }

  @Override
  public List<Branch> plan(JobPlan job, Label label, Partitions wanted) {
    throw new DatasetReleasedException(
        String.format(
            "partitions %s of %s have been dropped, and it has no lineage to compute them from:"
                + " do not unpersist what was materialized, release it",
            wanted, label));
  }
}
