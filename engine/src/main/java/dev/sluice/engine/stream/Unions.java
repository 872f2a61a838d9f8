package dev.sluice.engine.stream;

import java.util.List;

/** Makes the node of all records of some streams. */
final class Unions {
  private Unions() {}

  static <T> Node<T> of(List<Node<T>> nodes) {
    return Streams.all(
        nodes,
        "union",
        (timeMs, graph) ->
            Streams.union(graph.rdds(), nodes.stream().map(node -> node.dataset(timeMs)).toList()));
  }
}
