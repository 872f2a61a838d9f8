package dev.sluice.engine.plan;

import java.util.List;

/** A node between stages: written by tasks of some, the head of another. */
public final class ExchangeNode extends Node {
  private static final long serialVersionUID = 1L;

  private final Exchange exchange;
  private final List<Port> inputs;

  ExchangeNode(int id, String name, String key, Exchange exchange, List<Port> inputs) {
    super(id, name, key);
    this.exchange = exchange;
    this.inputs = List.copyOf(inputs);
  }

  public Exchange exchange() {
    return exchange;
  }

  /** Whose records it takes; several are a union. */
  public List<Port> inputs() {
    return inputs;
  }
}
