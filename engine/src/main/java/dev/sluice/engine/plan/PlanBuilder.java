package dev.sluice.engine.plan;

import dev.sluice.engine.codec.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Builds a plan from its sources on. A node can only be connected to nodes that exist, so there is
 * no cycle. For use by one thread.
 */
public final class PlanBuilder {
  private final List<Node> nodes = new ArrayList<>();
  private final UnaryOperator<String> keys;

  /** Builds a plan whose nodes' keys are their names. */
  public PlanBuilder() {
    this(UnaryOperator.identity());
  }

  /** Builds a plan; {@code keys} makes a node's key of its name. */
  public PlanBuilder(UnaryOperator<String> keys) {
    this.keys = keys;
  }

  /** Adds a source whose records {@code codec} can write. */
  public <T> Port source(String name, Source<T> source, Codec<? super T> codec) {
    return new Port(add(new SourceNode(nodes.size(), name, keys.apply(name), source)), 0, codec);
  }

  /** Adds an operator behind the union of {@code inputs}; its outputs are got by {@link #port}. */
  public OperatorNode operator(
      String name, Operator<?> operator, List<Port> inputs, List<ExchangeNode> broadcasts) {
    return add(
        new OperatorNode(nodes.size(), name, keys.apply(name), operator, inputs, broadcasts));
  }

  /** Adds an operator without broadcasts and with one output. */
  public Port operator(String name, Operator<?> operator, List<Port> inputs, Codec<?> codec) {
    return port(operator(name, operator, inputs, List.of()), 0, codec);
  }

  /** Adds an exchange behind the union of {@code inputs}. */
  public ExchangeNode exchange(String name, Exchange exchange, List<Port> inputs) {
    return add(new ExchangeNode(nodes.size(), name, keys.apply(name), exchange, inputs));
  }

  /** Adds a node that reads partitions of {@code inputs}. */
  public Port pull(
      String name, PullOperator<?> operator, List<ExchangeNode> inputs, Codec<?> codec) {
    PullNode node = new PullNode(nodes.size(), name, keys.apply(name), operator, inputs);
    return new Port(add(node), 0, codec);
  }

  /** Output {@code index} of {@code node}, whose records {@code codec} can write. */
  public Port port(Node node, int index, Codec<?> codec) {
    return new Port(node, index, codec);
  }

  public Plan build() {
    return new Plan(nodes);
  }

  private <N extends Node> N add(N node) {
    nodes.add(node);
    return node;
  }
}
