package dev.sluice.engine.exec;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.exec.StageTimes.OperatorTimes;
import dev.sluice.engine.exec.StageTimes.Times;
import dev.sluice.engine.state.StateChanges;
import dev.sluice.engine.state.StateFormat;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a stream has come to between two batches: all of it, or what has changed since the snapshot
 * before. Nothing in it is changed by later batches, so it can be written while they run.
 *
 * <pre>
 *   partitions
 *   directory:  count, each: stage | operator | fingerprint of its state
 *   stages:     count, each: name | head | partitions: count, each: operators: count,
 *                                                      each: name | input | output
 *   states:     count, each: stage | operator | partition | changes
 *   broadcasts: count, each: name | watermark | unchanged: 0
 *                                             | or: 1 | records: count, each
 * </pre>
 */
public final class StreamSnapshot {
  private final int partitions;
  private final List<StageTable> stages;
  private final List<OperatorState> states;
  private final List<Records> broadcasts;

  StreamSnapshot(
      int partitions,
      List<StageTable> stages,
      List<OperatorState> states,
      List<Records> broadcasts) {
    this.partitions = partitions;
    this.stages = List.copyOf(stages);
    this.states = List.copyOf(states);
    this.broadcasts = List.copyOf(broadcasts);
  }

  /** The times of a stage, by partition and operator. */
  record StageTable(String name, Times head, List<Map<String, OperatorTimes>> partitions) {}

  /** The state of an operator in a partition of a stage. */
  record OperatorState(
      String stage, String operator, int partition, StateFormat format, StateChanges changes) {}

  /** What a broadcast has kept; records are null if they are as before. */
  record Records(String name, long watermark, Codec<Object> codec, List<Object> records) {}

  /** Writes it, to be read by {@link Continuation#restore}. */
  public void write(DataOutputStream out) throws IOException {
    out.writeInt(partitions);
    out.writeInt(states.size());
    for (OperatorState state : states) {
      out.writeUTF(state.stage());
      out.writeUTF(state.operator());
      out.writeUTF(state.format().fingerprint());
    }
    out.writeInt(stages.size());
    for (StageTable stage : stages) {
      write(stage, out);
    }
    out.writeInt(states.size());
    for (OperatorState state : states) {
      out.writeUTF(state.stage());
      out.writeUTF(state.operator());
      out.writeInt(state.partition());
      state.changes().write(state.format(), out);
    }
    out.writeInt(broadcasts.size());
    for (Records broadcast : broadcasts) {
      write(broadcast, out);
    }
  }

  private static void write(StageTable stage, DataOutputStream out) throws IOException {
    out.writeUTF(stage.name());
    write(stage.head(), out);
    out.writeInt(stage.partitions().size());
    for (Map<String, OperatorTimes> operators : stage.partitions()) {
      out.writeInt(operators.size());
      for (Map.Entry<String, OperatorTimes> operator : operators.entrySet()) {
        out.writeUTF(operator.getKey());
        write(operator.getValue().input(), out);
        write(operator.getValue().output(), out);
      }
    }
  }

  private static void write(Times times, DataOutputStream out) throws IOException {
    out.writeLong(times.watermark());
    out.writeLong(times.synchronizedTime());
  }

  private static void write(Records broadcast, DataOutputStream out) throws IOException {
    out.writeUTF(broadcast.name());
    out.writeLong(broadcast.watermark());
    out.writeBoolean(broadcast.records() != null);
    if (broadcast.records() != null) {
      out.writeInt(broadcast.records().size());
      for (Object record : broadcast.records()) {
        broadcast.codec().encode(record, out);
      }
    }
  }
}
