package dev.sluice.engine.exec;

import dev.sluice.engine.codec.KeyIdentity;
import dev.sluice.engine.exec.StageTimes.OperatorTimes;
import dev.sluice.engine.exec.StageTimes.Times;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Exchange.Broadcast;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.Stateful;
import dev.sluice.engine.state.StateChanges;
import dev.sluice.engine.state.StateFormat;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a {@link StreamSnapshot} into the stages and broadcasts of today's plan, by name. */
final class SnapshotReader {
  private final NodeNames<StageTimes> stages;
  private final NodeNames<ExchangeNode> broadcasts;
  private final Map<ExchangeNode, Retained> retained;
  private final DataInputStream in;

  SnapshotReader(
      NodeNames<StageTimes> stages,
      NodeNames<ExchangeNode> broadcasts,
      Map<ExchangeNode, Retained> retained,
      DataInputStream in) {
    this.stages = stages;
    this.broadcasts = broadcasts;
    this.retained = retained;
    this.in = in;
  }

  /** Takes all over; how many partitions exchanges have. */
  int read() throws IOException {
    int partitions = in.readInt();
    checkDirectory();
    int stageCount = in.readInt();
    for (int i = 0; i < stageCount; i++) {
      readStage();
    }
    int stateCount = in.readInt();
    for (int i = 0; i < stateCount; i++) {
      readState(partitions);
    }
    int broadcastCount = in.readInt();
    for (int i = 0; i < broadcastCount; i++) {
      readBroadcast();
    }
    return partitions;
  }

  /** Looks for a place for all that is kept before anything is taken over. */
  private void checkDirectory() throws IOException {
    Set<String> problems = new LinkedHashSet<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String stageName = in.readUTF();
      String name = in.readUTF();
      String fingerprint = in.readUTF();
      StageTimes stage = stages.find(stageName);
      OperatorNode operator = stage == null ? null : stage.names().find(name);
      if (operator == null || !(operator.operator() instanceof Stateful stateful)) {
        problems.add(
            "there is state of '"
                + name
                + "', which the program does not have or keeps"
                + " behind another input than '"
                + stageName
                + "'");
      } else if (!stateful.stateFormat().fingerprint().equals(fingerprint)) {
        problems.add(
            "the state of '"
                + name
                + "' was written as "
                + fingerprint
                + ", and is now to be read as "
                + stateful.stateFormat().fingerprint());
      }
    }
    if (!problems.isEmpty()) {
      throw new IncompatibleSnapshotException(List.copyOf(problems));
    }
  }

  private void readState(int partitions) throws IOException {
    StageTimes stage = stages.find(in.readUTF());
    OperatorNode operator = stage.names().find(in.readUTF());
    int partition = in.readInt();
    StateFormat format = ((Stateful) operator.operator()).stateFormat();
    if (format.keyed()
        && stage.stage().head() instanceof ExchangeNode node
        && node.exchange() instanceof Exchange.Grouped<?, ?, ?> grouped) {
      int count =
          grouped.partitions() == Exchange.DEFAULT_PARTITIONS ? partitions : grouped.partitions();
      StateChanges.readInto(
          identity -> stage.partition(KeyIdentity.partition(identity, count)).state(operator),
          format,
          in);
    } else {
      stage.partition(partition).state(operator).apply(format, in);
    }
  }

  /** Times of what the plan does not have any more are of no use. */
  private void readStage() throws IOException {
    StageTimes stage = stages.find(in.readUTF());
    Times head = readTimes();
    int count = in.readInt();
    List<Map<OperatorNode, OperatorTimes>> partitions = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      Map<OperatorNode, OperatorTimes> times = new HashMap<>();
      int operators = in.readInt();
      for (int o = 0; o < operators; o++) {
        String name = in.readUTF();
        OperatorTimes read = new OperatorTimes(readTimes(), readTimes());
        OperatorNode operator = stage == null ? null : stage.names().find(name);
        if (operator != null) {
          times.put(operator, read);
        }
      }
      partitions.add(times);
    }
    if (stage != null) {
      stage.restore(head, partitions);
    }
  }

  private Times readTimes() throws IOException {
    return new Times(in.readLong(), in.readLong());
  }

  private void readBroadcast() throws IOException {
    ExchangeNode node = broadcasts.find(in.readUTF());
    long watermark = in.readLong();
    List<Object> records = null;
    if (in.readBoolean()) {
      if (node == null) {
        throw new IncompatibleSnapshotException(
            List.of("a side input is gone that it has records of"));
      }
      int count = in.readInt();
      records = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        records.add(((Broadcast<?>) node.exchange()).codec().decode(in));
      }
    }
    if (node != null) {
      retained.get(node).restore(watermark, records);
    }
  }
}
