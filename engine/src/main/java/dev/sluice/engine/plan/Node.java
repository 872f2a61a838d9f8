package dev.sluice.engine.plan;

import java.io.Serializable;

/** A step of a plan. Nodes are compared by identity. */
public abstract sealed class Node implements Serializable
    permits SourceNode, ExchangeNode, PullNode, OperatorNode {
  private static final long serialVersionUID = 1L;

  private final int id;
  private final String name;
  private final String key;

  Node(int id, String name, String key) {
    this.id = id;
    this.name = name;
    this.key = key;
  }

  /** A number that is the node's own within its plan; nodes with smaller ones come first. */
  public final int id() {
    return id;
  }

  /** The full name that the user sees. */
  public final String name() {
    return name;
  }

  /** The part of the name that stays the same as long as the user does not change the pipeline. */
  public final String key() {
    return key;
  }
}
