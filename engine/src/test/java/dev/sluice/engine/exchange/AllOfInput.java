package dev.sluice.engine.exchange;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.PullOperator;
import dev.sluice.engine.plan.TaskScope;

/** Reads its second input partition by partition, in one task. */
record AllOfInput() implements PullOperator<Object> {
  @Override
  public int partitions(int[] inputPartitions) {
    return 1;
  }

  @Override
  public void run(Inputs inputs, Output<Object> output, TaskScope scope) {
    for (int partition = 0; partition < inputs.partitions(1); partition++) {
      inputs.read(1, partition).forEach(output::emit);
    }
  }
}
