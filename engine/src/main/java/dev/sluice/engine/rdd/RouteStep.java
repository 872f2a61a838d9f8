package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Port;
import java.util.ArrayList;
import java.util.List;

/** Sends each record to the partition that a router names. */
record RouteStep(Dataset parent, Spread spread) implements Step {

  /**
   * Where records go.
   *
   * @param numbered whether the router asks for the sender's number, which is its partition's then
   * @param partitioner how the router chooses, or null if not by key
   */
  record Spread(
      Exchange.Router<?> router, int partitions, boolean numbered, ByPartitioner<?> partitioner) {

    @SuppressWarnings("unchecked")
    Exchange exchange(Codecs codecs) {
      return new Exchange.Routed<>((Exchange.Router<Object>) router, codecs.values(), partitions);
    }
  }

  @Override
  public List<Dataset> parents() {
    return List.of(parent);
  }

  @Override
  public int partitions() {
    return spread.partitions();
  }

  @Override
  public List<Branch> plan(JobPlan job, Label label, Partitions wanted) {
    List<Branch> all = job.branches(parent, Partitions.all(parent.partitions()));
    List<Port> inputs = new ArrayList<>();
    if (spread.numbered() && !all.isEmpty()) {
      inputs.add(job.copied(job.gathered(label, all), label).port());
    } else {
      job.ordered(label, all).forEach(branch -> inputs.add(job.copied(branch, label).port()));
    }
    ExchangeNode node =
        job.builder().exchange(label.toString(), spread.exchange(job.codecs()), inputs);
    return List.of(job.taken(node, spread.partitions(), wanted, false));
  }

  @Override
  public ByPartitioner<?> partitioner() {
    return spread.partitioner();
  }

  @Override
  public boolean wide() {
    return true;
  }
}
