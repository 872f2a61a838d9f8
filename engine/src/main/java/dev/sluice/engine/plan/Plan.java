package dev.sluice.engine.plan;

import java.io.Serializable;
import java.util.List;

/** A graph of nodes, in an order in which each stands behind those that it reads. */
public record Plan(List<Node> nodes) implements Serializable {
  public Plan {
    nodes = List.copyOf(nodes);
  }
}
