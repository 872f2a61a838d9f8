package dev.sluice.engine.exec;

import dev.sluice.engine.exec.StreamSnapshot.OperatorState;
import dev.sluice.engine.exec.StreamSnapshot.StageTable;
import dev.sluice.engine.plan.Edge;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.plan.Stage;
import dev.sluice.engine.plan.Stateful;
import dev.sluice.engine.state.Held;
import dev.sluice.engine.state.StateFormat;
import dev.sluice.engine.state.StatePartition;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.state.TimerDomain;
import dev.sluice.engine.time.Watermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The times and the state of one stage's operators, partition by partition, from run to run.
 *
 * <p>The rule, for each operator and partition in topological order: its input watermark is the
 * least of those of its inputs, its output watermark the least of that and of what its state holds.
 * The watermark of a port is the least of all partitions. None ever goes back.
 *
 * <p>Changed by the thread that drives the job while no task of the stage runs; a partition's state
 * by the attempt that was the first of its task to run to its end.
 */
final class StageTimes {
  private final Stage stage;
  private final StateStore store;
  private final boolean recorded;
  private final NodeNames<OperatorNode> names;
  private final Map<OperatorNode, List<Node>> inputs = new HashMap<>();
  private final List<Partition> partitions = new ArrayList<>();
  private Times head = Times.START;
  private long seenChanges;
  private Map<Node, Times> outputs = Map.of();

  /**
   * The times and state of a stage that has not run.
   *
   * @param store keeps the state
   * @param recorded whether state notes what changes, for snapshots
   */
  StageTimes(Stage stage, StateStore store, boolean recorded) {
    this.stage = stage;
    this.store = store;
    this.recorded = recorded;
    this.names = new NodeNames<>(stage.operators(), operator -> operator);
    for (OperatorNode operator : stage.operators()) {
      List<Node> from =
          stage.edges().stream()
              .filter(edge -> edge.to() == operator)
              .map(edge -> edge.from().node())
              .toList();
      inputs.put(operator, from);
    }
    outputs = aggregate();
  }

  /** A watermark, and processing time as far as it is synchronized. */
  record Times(long watermark, long synchronizedTime) {
    static final Times START = new Times(Watermark.START, Watermark.START);
    static final Times END = new Times(Watermark.END, Watermark.END);

    /** What {@code state} lets through. */
    static Times held(Held state) {
      return new Times(
          state.hold(),
          Math.min(
              state.earliest(TimerDomain.PROCESSING_TIME),
              state.earliest(TimerDomain.SYNCHRONIZED_PROCESSING_TIME)));
    }

    Times least(Times other) {
      return new Times(
          Math.min(watermark, other.watermark), Math.min(synchronizedTime, other.synchronizedTime));
    }

    Times most(Times other) {
      return new Times(
          Math.max(watermark, other.watermark), Math.max(synchronizedTime, other.synchronizedTime));
    }
  }

  /** At one operator: what it reads, and what it has emitted. */
  record OperatorTimes(Times input, Times output) {
    static final OperatorTimes START = new OperatorTimes(Times.START, Times.START);
  }

  /** What one partition's operators have come to. */
  static final class Partition {
    private final StateStore store;
    private final boolean recorded;
    private final Map<OperatorNode, StatePartition> states = new HashMap<>();
    private Map<OperatorNode, OperatorTimes> times = Map.of();

    Partition(StateStore store, boolean recorded) {
      this.store = store;
      this.recorded = recorded;
    }

    OperatorTimes times(OperatorNode operator) {
      return times.getOrDefault(operator, OperatorTimes.START);
    }

    StatePartition state(OperatorNode operator) {
      synchronized (states) {
        return states.computeIfAbsent(operator, this::make);
      }
    }

    /** State of which nobody says how it is written can only be on the heap. */
    private StatePartition make(OperatorNode operator) {
      return operator.operator() instanceof Stateful stateful
          ? store.partition(stateful::stateFormat, recorded)
          : new StatePartition(recorded);
    }

    /** What the operator's state makes of its input times. */
    OperatorTimes held(OperatorNode operator, Times input) {
      StatePartition state;
      synchronized (states) {
        state = states.get(operator);
      }
      if (state == null) {
        return moved(operator, input, Times.END);
      }
      return moved(operator, input, Times.held(state));
    }

    OperatorTimes moved(OperatorNode operator, Times input, Times holds) {
      OperatorTimes before = times(operator);
      Times in = input.most(before.input());
      return new OperatorTimes(in, in.least(holds).most(before.output()));
    }
  }

  Partition partition(int index) {
    synchronized (partitions) {
      while (partitions.size() <= index) {
        partitions.add(new Partition(store, recorded));
      }
      return partitions.get(index);
    }
  }

  /** Notes how often broadcasts have changed; true if that is more than when last asked. */
  boolean seen(long broadcastChanges) {
    boolean changed = broadcastChanges != seenChanges;
    seenChanges = broadcastChanges;
    return changed;
  }

  /** The stage's head has come to {@code times}. */
  void begin(Times times) {
    head = times.most(head);
  }

  /** What {@code operator} reads, given what those before it have emitted. */
  Times input(OperatorNode operator, Map<OperatorNode, OperatorTimes> before) {
    Times least = null;
    for (Node from : inputs.get(operator)) {
      Times output = from instanceof OperatorNode o ? before.get(o).output() : head;
      least = least == null ? output : least.least(output);
    }
    return least;
  }

  /** Notes what an attempt that counts has made of its partition. */
  void accept(int partition, Map<OperatorNode, OperatorTimes> times) {
    partition(partition).times = times;
  }

  /** Whether {@code partition} has something to do without any record. */
  boolean due(int partition, RunInput run, boolean broadcastsChanged) {
    Partition target = partition(partition);
    Map<OperatorNode, OperatorTimes> moved = new HashMap<>();
    for (OperatorNode operator : stage.operators()) {
      OperatorTimes times = target.held(operator, input(operator, moved));
      moved.put(operator, times);
      StatePartition state = target.states.get(operator);
      if (state == null || state.isEmpty()) {
        continue;
      }
      if (due(state, times.input(), run)
          || (broadcastsChanged && !operator.broadcasts().isEmpty())) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing will ever come to this stage any more. */
  boolean ended(RunInput run) {
    return run.hastensClock() && head.watermark() == Watermark.END;
  }

  private boolean due(StatePartition state, Times input, RunInput run) {
    long processing = ended(run) ? Watermark.END : run.processingTime();
    long synchronizedTime = ended(run) ? Watermark.END : input.synchronizedTime();
    return state.earliest(TimerDomain.EVENT_TIME) < input.watermark()
        || state.earliest(TimerDomain.PROCESSING_TIME) < processing
        || state.earliest(TimerDomain.SYNCHRONIZED_PROCESSING_TIME) < synchronizedTime
        || state.earliest(TimerDomain.RESUME)
            < (run.drained() ? Watermark.END : run.processingTime())
        || isDurable(state, run);
  }

  private static boolean isDurable(StatePartition state, RunInput run) {
    long awaited = state.earliest(TimerDomain.DURABLE);
    return awaited < Watermark.END && awaited <= run.durableBatch();
  }

  /** Every task of the run has ended: moves the partitions that had none. */
  void end(int count) {
    for (int p = 0; p < Math.max(count, partitions.size()); p++) {
      Partition target = partition(p);
      Map<OperatorNode, OperatorTimes> moved = new HashMap<>();
      for (OperatorNode operator : stage.operators()) {
        moved.put(operator, target.held(operator, input(operator, moved)));
      }
      target.times = moved;
    }
    outputs = aggregate();
  }

  private Map<Node, Times> aggregate() {
    Map<Node, Times> least = new HashMap<>();
    least.put(stage.head(), head);
    for (Partition partition : partitions) {
      partition.times.forEach(
          (operator, times) -> least.merge(operator, times.output(), Times::least));
    }
    return least;
  }

  /** What {@code node} has emitted, in all partitions. */
  Times output(Node node) {
    Times known = outputs.get(node);
    return known == null ? (partitions.isEmpty() ? head : Times.START) : known;
  }

  /**
   * The times at {@code operator} in {@code partition} before this run, as the operator sees them.
   */
  Progress progress(int partition, OperatorNode operator, RunInput run) {
    OperatorTimes times = partition(partition).times(operator);
    return progress(times.input(), times.output().watermark(), run);
  }

  /** An operator's times as it sees them. */
  Progress progress(Times input, long outputWatermark, RunInput run) {
    return new Progress(
        input.watermark(),
        outputWatermark,
        run.processingTime(),
        Math.min(input.synchronizedTime(), run.processingTime()),
        ended(run),
        run.drained(),
        run.batch(),
        run.durableBatch());
  }

  /** The first time of the clock at which something is due, {@link Watermark#END} if none. */
  long wakesAt() {
    long first = Watermark.END;
    for (Partition partition : partitions) {
      for (StatePartition state : partition.states.values()) {
        first = Math.min(first, state.earliest(TimerDomain.PROCESSING_TIME));
        first = Math.min(first, state.earliest(TimerDomain.SYNCHRONIZED_PROCESSING_TIME));
        first = Math.min(first, state.earliest(TimerDomain.RESUME));
      }
    }
    return first;
  }

  /** When the first work that was put off is to be taken up, {@link Watermark#END} if none is. */
  long resumesAt() {
    long first = Watermark.END;
    for (Partition partition : partitions) {
      for (StatePartition state : partition.states.values()) {
        first = Math.min(first, state.earliest(TimerDomain.RESUME));
      }
    }
    return first;
  }

  /** Whether something waits for a batch to be durable. */
  boolean awaitsDurable() {
    return partitions.stream()
        .flatMap(partition -> partition.states.values().stream())
        .anyMatch(state -> state.earliest(TimerDomain.DURABLE) < Watermark.END);
  }

  /** The least output watermark of the operators that read {@code broadcast}. */
  long leastOutput(Node broadcast) {
    long least = Watermark.END;
    for (Partition partition : partitions) {
      for (OperatorNode operator : stage.operators()) {
        if (operator.broadcasts().contains(broadcast)) {
          least = Math.min(least, partition.times(operator).output().watermark());
        }
      }
    }
    return partitions.isEmpty() ? Watermark.START : least;
  }

  /** Whether some partition has something to do at the times that the stage has come to. */
  boolean anyDue(RunInput run) {
    for (int p = 0; p < partitions.size(); p++) {
      if (due(p, run, false)) {
        return true;
      }
    }
    return false;
  }

  Stage stage() {
    return stage;
  }

  /** Who pushes to {@code to} in this stage. */
  List<Edge> edgesTo(Node to) {
    return stage.edges().stream().filter(edge -> edge.to() == to).toList();
  }

  /** By which snapshots name the operators. */
  NodeNames<OperatorNode> names() {
    return names;
  }

  /** The times, for a snapshot; {@code name} is the stage's. */
  StageTable table(String name) {
    List<Map<String, OperatorTimes>> tables = new ArrayList<>();
    for (Partition partition : partitions) {
      Map<String, OperatorTimes> times = new HashMap<>();
      partition.times.forEach((operator, at) -> times.put(names.name(operator), at));
      tables.add(times);
    }
    return new StageTable(name, head, tables);
  }

  /** The state of all operators that have any, for a snapshot; {@code name} is the stage's. */
  List<OperatorState> states(String name, boolean all) {
    List<OperatorState> found = new ArrayList<>();
    for (int p = 0; p < partitions.size(); p++) {
      int partition = p;
      partitions
          .get(p)
          .states
          .forEach(
              (operator, state) ->
                  found.add(
                      new OperatorState(
                          name,
                          names.name(operator),
                          partition,
                          format(operator),
                          state.changes(all))));
    }
    return found;
  }

  private static StateFormat format(OperatorNode operator) {
    if (operator.operator() instanceof Stateful stateful) {
      return stateful.stateFormat();
    }
    throw new OperatorException(
        operator.name(),
        new IllegalStateException(
            "keeps state and does not say how it is written: it cannot be in a checkpoint"));
  }

  /** Goes on from what a snapshot says. */
  void restore(Times headTimes, List<Map<OperatorNode, OperatorTimes>> byPartition) {
    head = headTimes;
    for (int p = 0; p < byPartition.size(); p++) {
      partition(p).times = byPartition.get(p);
    }
    outputs = aggregate();
  }
}
