package dev.sluice.engine.plan;

import java.util.List;

/** A node that gets records pushed: fused into the stages of those who push. */
public final class OperatorNode extends Node {
  private static final long serialVersionUID = 1L;

  private final Operator<?> operator;
  private final List<Port> inputs;
  private final List<ExchangeNode> broadcasts;

  OperatorNode(
      int id,
      String name,
      String key,
      Operator<?> operator,
      List<Port> inputs,
      List<ExchangeNode> broadcasts) {
    super(id, name, key);
    this.operator = operator;
    this.inputs = List.copyOf(inputs);
    this.broadcasts = List.copyOf(broadcasts);
  }

  public Operator<?> operator() {
    return operator;
  }

  /** Whose records it takes; several are a union. */
  public List<Port> inputs() {
    return inputs;
  }

  /** What it reads whole, beside its input. */
  public List<ExchangeNode> broadcasts() {
    return broadcasts;
  }
}
