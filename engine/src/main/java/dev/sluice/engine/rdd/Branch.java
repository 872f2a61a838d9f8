package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.TaskScope;
import java.io.Serializable;

/**
 * Records of some partitions of a dataset, as they come out of a node of a plan.
 *
 * @param port where they come out
 * @param head the id of the node whose tasks push them
 * @param tasks which partitions they are
 * @param streaming whether records may hold the values of a group that is larger than memory
 */
record Branch(Port port, int head, Tasks tasks, boolean streaming) {

  /**
   * Which partitions the tasks of a head compute.
   *
   * @param all the partition of each task, task by task
   * @param wanted which of these emit anything; the others are there because an exchange has them
   */
  record Tasks(Partitions all, Partitions wanted) implements Serializable {

    /** The partition that an attempt computes, or -1 if it is not wanted. */
    int partition(TaskScope scope) {
      int partition = all.get(scope.partition());
      return wanted.contains(partition) ? partition : -1;
    }

    Tasks shifted(int by) {
      return new Tasks(all.shifted(by), wanted.shifted(by));
    }
  }

  Partitions wanted() {
    return tasks.wanted();
  }

  /** The same records behind an operator of one output. */
  Branch to(Port next, boolean stillStreaming) {
    return new Branch(next, head, tasks, stillStreaming);
  }

  /** The same records as partitions of a union. */
  Branch shifted(int by) {
    return new Branch(port, head, tasks.shifted(by), streaming);
  }
}
