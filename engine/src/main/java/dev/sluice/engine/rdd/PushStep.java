package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Operator;
import java.util.List;
import java.util.function.Function;

/**
 * Pushes each record through an operator.
 *
 * @param operator the operator for a branch of the parent
 * @param passesGroups whether what it emits may hold values of a group that it was given
 * @param keepsKeys whether a record that it emits has the key of the record that it was given
 */
record PushStep(
    Dataset parent, Function<Branch, Operator<?>> operator, boolean passesGroups, boolean keepsKeys)
    implements Step {

  @Override
  public List<Dataset> parents() {
    return List.of(parent);
  }

  @Override
  public int partitions() {
    return parent.partitions();
  }

  @Override
  public List<Branch> plan(JobPlan job, Label label, Partitions wanted) {
    return job.branches(parent, wanted).stream()
        .map(
            input ->
                job.push(
                    label.toString(),
                    operator.apply(input),
                    input,
                    input.streaming() && passesGroups))
        .toList();
  }

  @Override
  public ByPartitioner<?> partitioner() {
    return keepsKeys ? parent.step().partitioner() : null;
  }

  @Override
  public boolean stoppable() {
    return true;
  }
}
