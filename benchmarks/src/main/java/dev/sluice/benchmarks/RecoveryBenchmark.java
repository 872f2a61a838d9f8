package dev.sluice.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long it takes a new process to go on where one was killed: from the start of main to the end
 * of the first batch, with much state in cells of a thousand bytes. Arguments: keys, each with a
 * cell (1000000), rounds (5), the heap (4g).
 */
public final class RecoveryBenchmark {
  private RecoveryBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String keys = args.length > 0 ? args[0] : "1000000";
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    String heap = args.length > 2 ? args[2] : "4g";
    try (ScratchFolder folder = new ScratchFolder("sluice-recovery")) {
      String path = folder.path().toString();
      double bytes = Child.run(heap, RecoveryRun.class, "write", path, keys);
      List<Double> seconds = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        seconds.add(Child.run(heap, RecoveryRun.class, "recover", path, keys));
      }
      long memory =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
      System.out.printf(
          Locale.ROOT,
          "%s cells, a checkpoint of %,.0f MB, -Xmx%s on a machine with %,.0f GB: first batch after"
              + " %s s%n",
          keys,
          bytes / 1e6,
          heap,
          memory / 1e9,
          new Figures(seconds));
    }
  }
}
