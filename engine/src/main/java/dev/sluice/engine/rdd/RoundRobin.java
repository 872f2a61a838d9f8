package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.TaskScope;

/** Routes the records of a task to each partition in turn, starting with the task's own number. */
record RoundRobin() implements Exchange.Router<Object> {

  @Override
  public Exchange.Route<Object> open(TaskScope scope, int partitions) {
    int[] next = {scope.partition() % partitions};
    return record -> {
      int partition = next[0];
      next[0] = partition + 1 == partitions ? 0 : partition + 1;
      return partition;
    };
  }
}
