package dev.sluice.engine.exec;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.exchange.ExchangeBuffer;
import dev.sluice.engine.exec.StageTimes.Times;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.PullNode;
import dev.sluice.engine.plan.SourceNode;
import dev.sluice.engine.plan.Stage;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.time.Watermark;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run of a plan leaves to the next: watermarks, state, broadcasts, and what tasks share.
 * For use by the thread that drives the jobs, one after another.
 */
public final class Continuation {
  private final List<StageTimes> stages = new ArrayList<>();
  private final Map<ExchangeNode, List<StageTimes>> writers = new HashMap<>();
  private final Map<ExchangeNode, Retained> broadcasts = new HashMap<>();
  private final Map<ExchangeNode, List<StageTimes>> readers = new HashMap<>();
  private final Resources resources = new Resources();
  private final StateStore store;
  private final NodeNames<StageTimes> stageNames;
  private final NodeNames<ExchangeNode> broadcastNames;
  private int partitions;

  /** The beginning of a stream of which no snapshots are taken. */
  public Continuation(StagePlan plan, int partitions) {
    this(plan, partitions, false);
  }

  /** The beginning of a stream that keeps its state on the heap. */
  public Continuation(StagePlan plan, int partitions, boolean recorded) {
    this(plan, partitions, recorded, StateStore.onHeap());
  }

  /**
   * The beginning of a stream.
   *
   * @param partitions how many an exchange has that does not say so
   * @param recorded whether snapshots will be taken
   * @param store keeps its state, and is closed with it
   */
  public Continuation(StagePlan plan, int partitions, boolean recorded, StateStore store) {
    this.partitions = partitions;
    this.store = store;
    for (Stage stage : plan.stages()) {
      StageTimes times = new StageTimes(stage, store, recorded);
      stages.add(times);
      stage
          .writes()
          .forEach(node -> writers.computeIfAbsent(node, n -> new ArrayList<>()).add(times));
      for (OperatorNode operator : stage.operators()) {
        operator
            .broadcasts()
            .forEach(node -> readers.computeIfAbsent(node, n -> new ArrayList<>()).add(times));
      }
    }
    readers.keySet().forEach(node -> broadcasts.put(node, new Retained(node)));
    stageNames = new NodeNames<>(stages, stage -> stage.stage().head());
    List<ExchangeNode> read = new ArrayList<>(readers.keySet());
    read.sort(Comparator.comparingInt(Node::id));
    broadcastNames = new NodeNames<>(read, node -> node);
  }

  StageTimes times(Stage stage) {
    return stages.get(stage.id());
  }

  Resources resources() {
    return resources;
  }

  Retained broadcast(ExchangeNode node) {
    return broadcasts.get(node);
  }

  /** The stages that write {@code node}, in order. */
  List<StageTimes> writers(ExchangeNode node) {
    return writers.getOrDefault(node, List.of());
  }

  /** What a stage's head has come to, now that every stage before it has ended its run. */
  Times head(Node head, RunInput run) {
    if (head instanceof SourceNode source) {
      return new Times(run.watermark(source), run.processingTime());
    }
    if (head instanceof ExchangeNode exchange) {
      return written(exchange);
    }
    Times least = Times.END;
    for (ExchangeNode input : ((PullNode) head).inputs()) {
      least = least.least(written(input));
    }
    return least;
  }

  private Times written(ExchangeNode exchange) {
    Times least = Times.END;
    for (StageTimes writer : writers(exchange)) {
      for (var edge : writer.edgesTo(exchange)) {
        least = least.least(writer.output(edge.from().node()));
      }
    }
    return least;
  }

  /** Every writer of a broadcast has ended its run. */
  void update(ExchangeNode broadcast, ExchangeBuffer buffer) {
    Retained retained = broadcasts.get(broadcast);
    if (retained != null) {
      retained.update(buffer, written(broadcast).watermark());
    }
  }

  /** The run has ended: forgets what no reader of a broadcast will ask for. */
  void expire() {
    broadcasts.forEach(
        (node, retained) -> {
          long least = Watermark.END;
          for (StageTimes reader : readers.get(node)) {
            least = Math.min(least, reader.leastOutput(node));
          }
          retained.expire(least);
        });
  }

  /** Whether a run of {@code input} would find something to do although no record came. */
  public boolean due(RunInput input) {
    return stages.stream().anyMatch(stage -> stage.anyDue(input));
  }

  /** The first time of the clock at which a timer is due; {@link Watermark#END} for none. */
  public long wakesAt() {
    return stages.stream().mapToLong(StageTimes::wakesAt).min().orElse(Watermark.END);
  }

  /** When work that was put off is to be taken up next; {@link Watermark#END} for none. */
  public long resumesAt() {
    return stages.stream().mapToLong(StageTimes::resumesAt).min().orElse(Watermark.END);
  }

  /** Whether something waits for a batch to be durable. */
  public boolean awaitsDurable() {
    return stages.stream().anyMatch(StageTimes::awaitsDurable);
  }

  /** The watermark of what the operator with this name has emitted, on all its ways. */
  public long outputWatermark(String operator) {
    long least = Watermark.END;
    for (StageTimes stage : stages) {
      for (OperatorNode node : stage.stage().operators()) {
        if (node.name().equals(operator)) {
          least = Math.min(least, stage.output(node).watermark());
        }
      }
    }
    return least;
  }

  /** How many partitions an exchange has that does not say so: the same in all runs. */
  public int partitions() {
    return partitions;
  }

  /**
   * What there is now; to be called between two runs of a stream that is recorded.
   *
   * @param all whether to take everything, rather than what has changed since the last call
   * @throws OperatorException if an operator keeps state that cannot be written
   */
  public StreamSnapshot snapshot(boolean all) {
    List<StreamSnapshot.StageTable> tables = new ArrayList<>();
    List<StreamSnapshot.OperatorState> states = new ArrayList<>();
    for (StageTimes stage : stages) {
      String name = stageNames.name(stage);
      tables.add(stage.table(name));
      states.addAll(stage.states(name, all));
    }
    List<StreamSnapshot.Records> records = new ArrayList<>();
    broadcasts.forEach(
        (node, retained) ->
            records.add(retained.snapshot(broadcastNames.name(node), codec(node), all)));
    return new StreamSnapshot(partitions, tables, states, records);
  }

  @SuppressWarnings("unchecked")
  private static Codec<Object> codec(ExchangeNode broadcast) {
    return ((Exchange.Broadcast<Object>) broadcast.exchange()).codec();
  }

  /**
   * Goes on from a snapshot; before the first run. One with changes is to follow those before it.
   *
   * @throws IncompatibleSnapshotException with all that the plan has no place for
   */
  public void restore(DataInputStream snapshot) throws IOException {
    partitions = new SnapshotReader(stageNames, broadcastNames, broadcasts, snapshot).read();
  }

  /** Whether {@code exchange} keeps the tasks of its writers apart. */
  static boolean isPinned(ExchangeNode exchange) {
    return exchange.exchange() instanceof Exchange.Pinned<?>;
  }

  /**
   * Closes what tasks share, and the state; the first failure is thrown at the end. What a snapshot
   * has of the state cannot be written any more.
   */
  public void close() throws Exception {
    try (store) {
      resources.close();
    }
  }
}
