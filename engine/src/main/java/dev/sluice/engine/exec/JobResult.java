package dev.sluice.engine.exec;

import dev.sluice.engine.plan.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the operators of a job have reported. */
public final class JobResult {
  private final Map<Integer, List<Object>> results;

  JobResult(Map<Integer, List<Object>> results) {
    this.results = results;
  }

  /** The reports of {@code node}'s tasks, stage by stage, each in the order of its partitions. */
  @SuppressWarnings("unchecked")
  public <T> List<T> of(Node node) {
    return (List<T>) results.getOrDefault(node.id(), new ArrayList<>());
  }
}
