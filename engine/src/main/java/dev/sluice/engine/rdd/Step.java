package dev.sluice.engine.rdd;

import java.util.List;

/** How a dataset is computed. Steps are immutable but for what they remember. */
interface Step {

  /** The datasets that it is computed from. */
  List<Dataset> parents();

  /** How many partitions there are: always the same. May ask a source, so not for task threads. */
  int partitions();

  /**
   * Adds to {@code job} what computes the partitions {@code wanted}, of which there is at least
   * one.
   */
  List<Branch> plan(JobPlan job, Label label, Partitions wanted);

  /** How keys were spread over the partitions, or null if that is not known. */
  default ByPartitioner<?> partitioner() {
    return null;
  }

  /** Whether a task can end as soon as its consumers have enough, and takes nothing with it. */
  default boolean stoppable() {
    return false;
  }

  /** Whether every partition depends on all of a parent's. */
  default boolean wide() {
    return false;
  }
}
