package dev.sluice.engine.plan;

import java.io.Serializable;

/** A step of a plan. Nodes are compared by identity. */
public abstract sealed class Node implements Serializable
    permits SourceNode, ExchangeNode, PullNode, OperatorNode {
  private static final long serialVersionUID = 1L;

  private final int id;
  private final String name;

  Node(int id, String name) {
    this.id = id;
    this.name = name;
  }

  /** A number that is the node's own within its plan; nodes with smaller ones come first. */
  public final int id() {
    return id;
  }

  /** The full name that the user sees. */
  public final String name() {
    return name;
  }
}
