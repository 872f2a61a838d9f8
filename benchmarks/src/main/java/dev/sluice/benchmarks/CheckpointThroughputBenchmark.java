package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What checkpoints cost: the records a second of a pipeline with state by key that reads as fast as
 * it can, with a checkpoint each ten seconds and without. Each measurement has a process of its
 * own. Arguments: keys (100000), seconds (40), seconds to warm up (15), rounds (3), the heap (4g).
 */
public final class CheckpointThroughputBenchmark {
  private CheckpointThroughputBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String keys = args.length > 0 ? args[0] : "100000";
    String seconds = args.length > 1 ? args[1] : "40";
    String warmUp = args.length > 2 ? args[2] : "15";
    int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 3;
    String heap = args.length > 4 ? args[4] : "4g";
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      without.add(Child.run(heap, CheckpointThroughputRun.class, keys, seconds, warmUp));
      try (ScratchFolder folder = new ScratchFolder("sluice-throughput")) {
        Path checkpoints = Files.createDirectory(folder.path().resolve("checkpoints-of-run"));
        with.add(
            Child.run(
                heap, CheckpointThroughputRun.class, keys, seconds, warmUp, "" + checkpoints));
      }
      shares.add(100 * with.get(round) / without.get(round));
    }
    System.out.printf(
        Locale.ROOT,
        "%s keys, -Xmx%s, records a second: %s without checkpoints, %s with one each 10 s;"
            + " per cent, pair by pair: %s%n",
        keys,
        heap,
        new Figures(without),
        new Figures(with),
        new Figures(shares));
  }
}
