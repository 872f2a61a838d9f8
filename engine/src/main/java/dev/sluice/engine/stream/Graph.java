package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.RddContext;
import dev.sluice.engine.stream.Node.Need;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The streams of a context and what is done with them. Defined by the threads of the program, one
 * at a time; compiled once, when the context is started, and not changed after that.
 */
final class Graph {
  private final RddContext rdds;
  private final long batchMs;
  private final List<Node<?>> nodes = new ArrayList<>();
  private final List<Output<?>> outputs = new ArrayList<>();
  private final List<Input> inputs = new ArrayList<>();
  private final Map<Node<?>, Long> remember = new HashMap<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private long rememberAllMs;
  private long checkpointMs = Long.MAX_VALUE;
  private boolean closed;
  private volatile long originMs;
  private List<Node<?>> reachable = List.of();
  private List<Input> used = List.of();

  Graph(RddContext rdds, long batchMs) {
    this.rdds = rdds;
    this.batchMs = batchMs;
  }

  RddContext rdds() {
    return rdds;
  }

  long batchMs() {
    return batchMs;
  }

  /** The time from which slides are counted. */
  long originMs() {
    return originMs;
  }

  void originMs(long ms) {
    originMs = ms;
  }

  /** Throws unless the graph can still be changed; {@code what} is to be added. */
  synchronized void checkOpen(String what) {
    if (closed) {
      throw new IllegalStateException(
          what
              + " cannot be added after the context was started: define all inputs,"
              + " transformations and outputs before start(), or make a new context");
    }
  }

  /** Remembers something that is wrong, to be reported with everything else at the start. */
  synchronized void problem(String what) {
    problems.add(what);
  }

  synchronized <T> Node<T> add(String operation, Node.Shape shape) {
    checkOpen(operation);
    Node<T> node = new Node<>(this, nodes.size(), operation, shape);
    nodes.add(node);
    return node;
  }

  synchronized void input(Input input) {
    inputs.add(input);
  }

  synchronized <T> void output(Node<T> node, String operation, TransactionalSink<T> sink) {
    checkOpen(operation);
    outputs.add(new Output<>(node, operation + "@" + outputs.size(), sink));
  }

  /** Has states written at least each {@code ms}. */
  synchronized void checkpointEach(long ms) {
    checkOpen("checkpoint");
    checkpointMs = Math.min(checkpointMs, ms);
  }

  /** The time from one checkpoint to the next, unless the program wants none later than others. */
  synchronized long checkpointMs(long otherwiseMs) {
    return Math.min(checkpointMs, otherwiseMs);
  }

  synchronized void remember(Node<?> node, long ms) {
    checkOpen("remember");
    remember.merge(node, ms, Math::max);
  }

  synchronized void rememberAll(long ms) {
    checkOpen("remember");
    rememberAllMs = Math.max(rememberAllMs, ms);
  }

  /**
   * Fixes the graph.
   *
   * @param kept whether there is a place for checkpoints
   * @throws StreamGraphException with everything that is wrong with it
   */
  synchronized void compile(boolean kept) {
    closed = true;
    if (checkpointMs < Long.MAX_VALUE && !kept) {
      problems.add(
          "a stream is to be checkpointed, but there is no folder: call checkpoint(folder) of the"
              + " context, or getOrCreate(folder, ...)");
    }
    if (outputs.isEmpty()) {
      problems.add("no output operation is registered, so nothing would run: add a foreachRDD");
    }
    Set<String> names = new HashSet<>();
    nodes.stream()
        .map(Node::name)
        .filter(name -> !names.add(name))
        .forEach(name -> problems.add("several operations are named " + name + ": rename one"));
    if (!problems.isEmpty()) {
      throw new StreamGraphException(List.copyOf(problems));
    }
    Set<Node<?>> found = new HashSet<>();
    outputs.forEach(output -> reach(output.node(), found));
    reachable = nodes.stream().filter(found::contains).toList();
    used = inputs.stream().filter(input -> found.contains(input.node())).toList();
    Retention.derive(reachable, remember, rememberAllMs);
  }

  /** Without recursion: a graph may be deeper than a stack. */
  private static void reach(Node<?> from, Set<Node<?>> found) {
    List<Node<?>> open = new ArrayList<>(List.of(from));
    while (!open.isEmpty()) {
      Node<?> node = open.remove(open.size() - 1);
      if (found.add(node)) {
        node.shape().needs().stream().map(Need::node).forEach(open::add);
      }
    }
  }

  /** The nodes that outputs depend on, in the order of their definition. */
  List<Node<?>> reachable() {
    return reachable;
  }

  List<Output<?>> outputs() {
    return outputs;
  }

  /** The inputs that outputs depend on. */
  List<Input> inputs() {
    return used;
  }

  /** Batch {@code timeMs} is complete. */
  void complete(long timeMs) {
    reachable.forEach(node -> node.forget(timeMs));
  }
}
