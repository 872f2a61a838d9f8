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
    compute(
        kept,
        new Evaluation<>("materialize", branch -> new Reports.ForEach<>(record -> {}), false));
    return kept;
  }

  /** The same in place, for a dataset that nobody else has; returns what its tasks report. */
  static <A> List<A> compute(Dataset own, Evaluation<A> evaluation) {
    own.persist(StorageLevel.MEMORY_AND_DISK);
    try {
      List<A> reports = evaluation.run(own);
      own.cut(new MaterializedStep(own.partitions()));
      return reports;
    } catch (RuntimeException | Error e) {
      own.unpersist();
      throw e;
    }
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
