package dev.sluice.engine.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A head and everything that its records are pushed through before they reach an exchange.
 *
 * @param id its place in the plan
 * @param head where records come from
 * @param operators what they are pushed through, in topological order
 * @param writes the exchanges that they end in
 * @param edges who pushes to whom
 * @param dependsOn ids of the stages that must have ended before
 */
public record Stage(
    int id,
    Node head,
    List<OperatorNode> operators,
    List<ExchangeNode> writes,
    List<Edge> edges,
    List<Integer> dependsOn)
    implements Serializable {
  public Stage {
    operators = List.copyOf(operators);
    writes = List.copyOf(writes);
    edges = List.copyOf(edges);
    dependsOn = List.copyOf(dependsOn);
  }

  /** The exchanges that it reads, by its head or by broadcast. */
  public List<ExchangeNode> reads() {
    List<ExchangeNode> reads = new ArrayList<>();
    if (head instanceof ExchangeNode exchange) {
      reads.add(exchange);
    } else if (head instanceof PullNode pull) {
      reads.addAll(pull.inputs());
    }
    operators.forEach(o -> reads.addAll(o.broadcasts()));
    return reads;
  }

  /** A name for people: the head and the last operator. */
  public String name() {
    return operators.isEmpty()
        ? head.name()
        : head.name() + " … " + operators.get(operators.size() - 1).name();
  }
}
