package dev.sluice.engine.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a plan into stages.
 *
 * <p>Nodes are visited in order. For each it is noted from which heads records reach it, and for
 * each head which other heads' stages must have ended before. A broadcast adds such a dependency to
 * every head of its consumer. Where that would close a cycle - the broadcast is computed, at some
 * remove, from the same head - the consumer's inputs are pinned first, which makes new heads that
 * nothing depends on yet.
 */
public final class Planner {
  private final Map<Node, Set<Node>> headsOf = new LinkedHashMap<>();
  private final Map<Node, Set<Node>> after = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();
  private int nextId;

  private Planner(Plan plan) {
    nextId = plan.nodes().size();
  }

  /** The stages of {@code plan}. */
  public static StagePlan plan(Plan plan) {
    Planner planner = new Planner(plan);
    plan.nodes().forEach(planner::visit);
    return planner.stages();
  }

  private void visit(Node node) {
    if (node instanceof OperatorNode operator) {
      visitOperator(operator);
    } else if (node instanceof ExchangeNode exchange) {
      connect(exchange.inputs(), exchange);
      startHead(exchange, writers(exchange));
    } else if (node instanceof PullNode pull) {
      Set<Node> writers = new LinkedHashSet<>();
      pull.inputs().forEach(input -> writers.addAll(writers(input)));
      startHead(pull, writers);
    } else {
      startHead(node, Set.of());
    }
  }

  private void visitOperator(OperatorNode operator) {
    Set<Node> needed = new LinkedHashSet<>();
    operator.broadcasts().forEach(b -> needed.addAll(writers(b)));
    List<Port> inputs = operator.inputs();
    if (!needed.isEmpty() && intersects(headsOf(inputs), closure(needed))) {
      inputs = inputs.stream().map(input -> pin(input, operator)).toList();
    }
    Set<Node> heads = headsOf(inputs);
    connect(inputs, operator);
    headsOf.put(operator, heads);
    heads.forEach(head -> after.get(head).addAll(needed));
  }

  private Port pin(Port input, OperatorNode before) {
    ExchangeNode cut =
        new ExchangeNode(
            nextId++,
            before.name() + "/PinnedInput",
            before.key() + "/PinnedInput",
            new Exchange.Pinned<>(input.codec()),
            List.of(input));
    visit(cut);
    return new Port(cut, 0, input.codec());
  }

  private void startHead(Node head, Set<Node> dependsOn) {
    headsOf.put(head, Set.of(head));
    after.put(head, new LinkedHashSet<>(dependsOn));
  }

  private void connect(List<Port> inputs, Node to) {
    inputs.forEach(input -> edges.add(new Edge(input, to)));
  }

  private Set<Node> writers(ExchangeNode exchange) {
    return headsOf(exchange.inputs());
  }

  private Set<Node> headsOf(List<Port> ports) {
    Set<Node> heads = new LinkedHashSet<>();
    ports.forEach(port -> heads.addAll(headsOf.get(port.node())));
    return heads;
  }

  private Set<Node> closure(Set<Node> heads) {
    Set<Node> all = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>(heads);
    while (!open.isEmpty()) {
      Node head = open.pop();
      if (all.add(head)) {
        open.addAll(after.get(head));
      }
    }
    return all;
  }

  private static boolean intersects(Set<Node> some, Set<Node> others) {
    return some.stream().anyMatch(others::contains);
  }

  private StagePlan stages() {
    Map<Node, List<Edge>> edgesOf = new LinkedHashMap<>();
    after.keySet().forEach(head -> edgesOf.put(head, new ArrayList<>()));
    for (Edge edge : edges) {
      headsOf.get(edge.from().node()).forEach(head -> edgesOf.get(head).add(edge));
    }
    // A head that pushes to nobody has no stage of its own; pulls are run for what they emit, too.
    edgesOf.values().removeIf(List::isEmpty);
    Map<Node, Integer> ids = new LinkedHashMap<>();
    List<Stage> stages = new ArrayList<>();
    for (Node head : inOrder(edgesOf.keySet())) {
      ids.put(head, ids.size());
      List<Integer> dependsOn =
          after.get(head).stream().map(ids::get).filter(id -> id != null).sorted().toList();
      stages.add(stage(ids.get(head), head, edgesOf.get(head), dependsOn));
    }
    return new StagePlan(stages);
  }

  private Stage stage(int id, Node head, List<Edge> stageEdges, List<Integer> dependsOn) {
    Set<OperatorNode> operators = new LinkedHashSet<>();
    Set<ExchangeNode> writes = new LinkedHashSet<>();
    for (Edge edge : stageEdges) {
      if (edge.to() instanceof OperatorNode operator) {
        operators.add(operator);
      } else if (edge.to() instanceof ExchangeNode exchange) {
        writes.add(exchange);
      }
    }
    return new Stage(id, head, List.copyOf(operators), List.copyOf(writes), stageEdges, dependsOn);
  }

  /**
   * Heads with those that they depend on first; it is an error of the planner if there are none.
   */
  private List<Node> inOrder(Set<Node> heads) {
    Set<Node> done = new LinkedHashSet<>();
    Deque<Node> open = new ArrayDeque<>(heads);
    int skipped = 0;
    while (!open.isEmpty()) {
      Node head = open.poll();
      boolean ready =
          after.get(head).stream().allMatch(h -> done.contains(h) || !heads.contains(h));
      if (ready) {
        done.add(head);
        skipped = 0;
      } else {
        open.add(head);
        if (++skipped > open.size()) {
          throw new IllegalStateException("stages depend on each other in a circle: " + open);
        }
      }
    }
    return List.copyOf(done);
  }
}
