package dev.sluice.runner;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds everything that is wrong with a pipeline's options, before anything starts. */
final class OptionsCheck {
  private final List<String> problems = new ArrayList<>();

  private OptionsCheck() {}

  /** Throws an {@link IllegalArgumentException} that names every problem. */
  static void check(SluicePipelineOptions options) {
    OptionsCheck check = new OptionsCheck();
    check.run(options);
    if (!check.problems.isEmpty()) {
      throw new IllegalArgumentException(
          "the options cannot be used:\n  " + String.join("\n  ", check.problems));
    }
  }

  private void run(SluicePipelineOptions options) {
    atLeast("parallelism", options.getParallelism(), 1);
    atLeast("maxBundleSize", options.getMaxBundleSize(), 0);
    atLeast("maxTaskAttempts", options.getMaxTaskAttempts(), 1);
    atLeast("stuckTaskReportMs", options.getStuckTaskReportMs(), 0);
    atLeast("taskDeadlineMs", options.getTaskDeadlineMs(), 0);
    atLeast("batchDurationMs", options.getBatchDurationMs(), 1);
    atLeast("blockIntervalMs", options.getBlockIntervalMs(), 1);
    atLeast("maxRate", options.getMaxRate(), 0);
    atLeast("maxBatchRecords", options.getMaxBatchRecords(), 1);
    atLeast("checkpointIntervalMs", options.getCheckpointIntervalMs(), 1);
    double fraction = options.getMemoryFraction();
    if (!(fraction > 0 && fraction < 1)) {
      problems.add("--memoryFraction=" + fraction + ": must lie between 0 and 1");
    }
    if (options.getSpeculation() && options.getParallelism() == 1) {
      problems.add(
          "--speculation with --parallelism=1: there is no second thread for a second attempt;"
              + " raise --parallelism or drop --speculation");
    }
    tempFolder(options.getTempFolder());
  }

  private void atLeast(String option, long value, long least) {
    if (value < least) {
      problems.add("--" + option + "=" + value + ": must be at least " + least);
    }
  }

  private void tempFolder(String folder) {
    if (folder == null) {
      problems.add("--tempFolder=null: name a folder");
      return;
    }
    try {
      Path existing = Path.of(folder).toAbsolutePath();
      while (existing != null && !Files.exists(existing)) {
        existing = existing.getParent();
      }
      if (existing == null || !Files.isDirectory(existing)) {
        problems.add("--tempFolder=" + folder + ": is not a folder, " + existing + " is a file");
      } else if (!Files.isWritable(existing)) {
        problems.add("--tempFolder=" + folder + ": cannot write to " + existing);
      }
    } catch (InvalidPathException e) {
      problems.add("--tempFolder=" + folder + ": is not a path");
    }
  }
}
