package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.PullOperator;
import dev.sluice.engine.plan.TaskScope;
import java.util.Iterator;
import java.util.List;

/** Computes partitions, a task each, with a function. */
record PullPartitions<R>(Partitions wanted, List<Pinned> sides, PartitionFunction<R> function)
    implements PullOperator<R> {

  @Override
  public int partitions(int[] inputPartitions) {
    return wanted.size();
  }

  @Override
  public void run(Inputs inputs, Output<R> output, TaskScope scope) throws Exception {
    PartitionFunction.Sides open =
        new PartitionFunction.Sides() {
          @Override
          public int attempt() {
            return scope.attempt();
          }

          @Override
          public <E> Iterator<E> read(int side, int partition) {
            return sides.get(side).<E>read(inputs, partition).iterator();
          }
        };
    Iterator<? extends R> records = function.apply(wanted.get(scope.partition()), open);
    while (records.hasNext()) {
      output.emit(records.next());
    }
  }
}
