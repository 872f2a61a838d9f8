package dev.sluice.engine.rdd;

import java.io.IOException;
import java.util.List;

/**
 * Writes all partitions of a dataset to the durable store. An attempt creates a file of a name of
 * its own, so two attempts of a task do not meet; the manifest, made last, says which count.
 */
final class CheckpointJob {
  private CheckpointJob() {}

  /** Runs the job and returns the step that reads what it wrote. */
  static Step write(Dataset dataset) {
    CheckpointFiles files = dataset.context().checkpointFiles();
    String name = dataset.label().part("checkpoint");
    try {
      String folder = files.folder(dataset.id());
      return new CheckpointStep(name, new InProcess<>(files), write(dataset, files, folder));
    } catch (IOException e) {
      throw RddException.of(name, e);
    }
  }

  /** Runs the job; after a failure nothing is left. */
  static List<CheckpointFiles.Part> write(Dataset dataset, CheckpointFiles files, String folder)
      throws IOException {
    try {
      List<CheckpointFiles.Part> parts = writeParts(dataset, new InProcess<>(files), folder);
      files.complete(folder, parts);
      return parts;
    } catch (IOException | RuntimeException e) {
      discard(files, folder, e);
      throw e;
    }
  }

  private static List<CheckpointFiles.Part> writeParts(
      Dataset dataset, InProcess<CheckpointFiles> files, String folder) {
    PartitionFunction<Pair<String, Long>> writePart =
        (partition, sides) -> {
          String name = String.format("%spart-%05d-a%d", folder, partition, sides.attempt());
          long records = files.get().writePart(name, sides.read(0, partition));
          return List.of(Pair.of(name, records)).iterator();
        };
    Label label = new Label("writeCheckpoint", dataset.id());
    Step step = new PullStep(List.of(dataset), writePart);
    List<Pair<String, Long>> written = Actions.collect(new Dataset(dataset.context(), label, step));
    return written.stream().map(w -> new CheckpointFiles.Part(w.key(), w.value())).toList();
  }

  private static void discard(CheckpointFiles files, String folder, Exception reason) {
    try {
      files.discard(folder);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
