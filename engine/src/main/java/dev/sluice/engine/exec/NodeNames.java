package dev.sluice.engine.exec;

import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.PullNode;
import dev.sluice.engine.plan.SourceNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Names by which a later process finds nodes again, made of their keys. Where several nodes have
 * the same one, they are counted in the order of the plan.
 */
public final class NodeNames<T> {
  private final Map<T, String> names = new HashMap<>();
  private final Map<String, T> byName = new HashMap<>();

  /** Names for {@code things}, each after its {@code node}. */
  public NodeNames(Collection<T> things, Function<T, ? extends Node> node) {
    Map<String, Integer> seen = new HashMap<>();
    for (T thing : things) {
      Node of = node.apply(thing);
      String name = kind(of) + " " + of.key();
      int count = seen.merge(name, 1, Integer::sum);
      String own = count == 1 ? name : name + " #" + count;
      names.put(thing, own);
      byName.put(own, thing);
    }
  }

  private static String kind(Node node) {
    if (node instanceof SourceNode) {
      return "source";
    }
    if (node instanceof ExchangeNode) {
      return "exchange";
    }
    return node instanceof PullNode ? "pull" : "operator";
  }

  /** The name of one of the things. */
  public String name(T thing) {
    return names.get(thing);
  }

  /** What has this name, or null. */
  public T find(String name) {
    return byName.get(name);
  }
}
