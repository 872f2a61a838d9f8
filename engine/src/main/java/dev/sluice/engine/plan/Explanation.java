package dev.sluice.engine.plan;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a stage plan for people. */
final class Explanation {
  private Explanation() {}

  static String of(StagePlan plan) {
    StringBuilder text = new StringBuilder();
    for (Stage stage : plan.stages()) {
      text.append("Stage ").append(stage.id());
      if (!stage.dependsOn().isEmpty()) {
        text.append(" after ").append(join(stage.dependsOn()));
      }
      text.append('\n').append("  ").append(head(stage.head())).append('\n');
      for (OperatorNode operator : stage.operators()) {
        text.append("  | ").append(operator.name());
        if (!operator.broadcasts().isEmpty()) {
          text.append("  with ").append(names(operator.broadcasts()));
        }
        text.append('\n');
      }
      for (ExchangeNode write : stage.writes()) {
        text.append("  => ").append(exchange(write)).append('\n');
      }
    }
    return text.toString();
  }

  private static String head(Node head) {
    if (head instanceof SourceNode source) {
      return "read " + source.name();
    }
    if (head instanceof PullNode pull) {
      return "pull " + pull.name() + " from " + names(pull.inputs());
    }
    return "take " + head.name();
  }

  private static String exchange(ExchangeNode node) {
    Exchange exchange = node.exchange();
    if (exchange instanceof Exchange.Grouped<?, ?, ?> grouped) {
      return "group " + node.name() + partitions(grouped.partitions());
    }
    if (exchange instanceof Exchange.Routed<?> routed) {
      return "route " + node.name() + partitions(routed.partitions());
    }
    return (exchange instanceof Exchange.Pinned<?> ? "pin " : "broadcast ") + node.name();
  }

  private static String partitions(int partitions) {
    return partitions == Exchange.DEFAULT_PARTITIONS ? "" : " into " + partitions;
  }

  private static String names(List<? extends Node> nodes) {
    return nodes.stream().map(Node::name).collect(Collectors.joining(", "));
  }

  private static String join(List<Integer> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
