package dev.sluice.engine.plan;

import java.util.List;

/** A node that reads partitions of exchanges as iterables: a head. */
public final class PullNode extends Node {
  private static final long serialVersionUID = 1L;

  private final PullOperator<?> operator;
  private final List<ExchangeNode> inputs;

  PullNode(int id, String name, String key, PullOperator<?> operator, List<ExchangeNode> inputs) {
    super(id, name, key);
    this.operator = operator;
    this.inputs = List.copyOf(inputs);
  }

  public PullOperator<?> operator() {
    return operator;
  }

  public List<ExchangeNode> inputs() {
    return inputs;
  }
}
