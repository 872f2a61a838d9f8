package dev.sluice.runner;

import dev.sluice.engine.batch.Recovery;
import dev.sluice.engine.checkpoint.CheckpointFolder.Content;
import dev.sluice.engine.checkpoint.CheckpointFolder.Reader;
import dev.sluice.engine.storage.StoreLocation;
import dev.sluice.translation.metrics.PipelineMetrics;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.model.pipeline.v1.MetricsApi.MonitoringInfo;

/** What a pipeline's checkpoints hold beside its state: its committed metrics. */
record PipelineRecovery(PipelineMetrics metrics) implements Recovery.Attachment {

  /**
   * How a stream is recovered, as its options say; null if they name no folder.
   *
   * @throws IllegalArgumentException if the folder cannot be used
   */
  static Recovery of(SluicePipelineOptions options, PipelineMetrics metrics) {
    String folder = options.getCheckpointDir();
    if (folder == null) {
      return null;
    }
    try {
      return new Recovery(
          StoreLocation.open(folder),
          "pipeline " + options.getJobName() + " in process " + ProcessHandle.current().pid(),
          options.getCheckpointIntervalMs(),
          Recovery.DEFAULT_LEASE_MS,
          options.getCheckpointTakeOver(),
          new PipelineRecovery(metrics));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("--checkpointDir=" + folder + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Content save() {
    List<MonitoringInfo> saved = metrics.save();
    return out -> write(saved, out);
  }

  private static void write(List<MonitoringInfo> infos, DataOutputStream out) throws IOException {
    out.writeInt(infos.size());
    for (MonitoringInfo info : infos) {
      byte[] bytes = info.toByteArray();
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  @Override
  public Reader restore() {
    return in -> metrics.restore(read(in));
  }

  private static List<MonitoringInfo> read(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<MonitoringInfo> infos = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      infos.add(MonitoringInfo.parseFrom(in.readNBytes(in.readInt())));
    }
    return infos;
  }
}
