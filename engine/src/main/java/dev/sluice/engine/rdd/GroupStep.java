package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Port;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends pairs by key, and turns the groups that arrive into records.
 *
 * @param after what groups are pushed through
 */
record GroupStep(List<Side> sides, int partitions, List<Part> after) implements Step {
  GroupStep {
    sides = List.copyOf(sides);
    after = List.copyOf(after);
  }

  /** A dataset, and what its records are pushed through, to become pairs that are sent. */
  record Side(Dataset dataset, List<Part> before) {}

  /**
   * An operator with a name of its own within the step.
   *
   * @param passesGroups whether what it emits holds the values that it was given
   */
  record Part(String name, Operator<?> operator, boolean passesGroups) {}

  @Override
  public List<Dataset> parents() {
    return sides.stream().map(Side::dataset).toList();
  }

  @Override
  public List<Branch> plan(JobPlan job, Label label, Partitions wanted) {
    List<Port> inputs = new ArrayList<>();
    for (Side side : sides) {
      Dataset from = side.dataset();
      List<Branch> all = job.branches(from, Partitions.all(from.partitions()));
      for (Branch branch : job.ordered(label, all)) {
        Branch copied = job.copied(branch, label);
        inputs.add(push(job, label, side.before(), copied).port());
      }
    }
    Exchange exchange =
        new Exchange.Grouped<>(
            new ByPairKey(), job.codecs().keys(), job.codecs().values(), partitions);
    ExchangeNode node = job.builder().exchange(label.toString(), exchange, inputs);
    return List.of(push(job, label, after, job.taken(node, partitions, wanted, true)));
  }

  private static Branch push(JobPlan job, Label label, List<Part> parts, Branch input) {
    Branch last = input;
    for (Part part : parts) {
      last = job.push(label.part(part.name()), part.operator(), last, part.passesGroups());
    }
    return last;
  }

  @Override
  public boolean wide() {
    return true;
  }

  private record ByPairKey() implements Exchange.KeySelector<Pair<Object, Object>, Object, Object> {
    @Override
    public Object key(Pair<Object, Object> pair) {
      return pair.key();
    }

    @Override
    public Object value(Pair<Object, Object> pair) {
      return pair.value();
    }
  }
}
