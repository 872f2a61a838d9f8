package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.Locale;

/**
 * State of a stateful ParDo that is much larger than the heap, on disk: records a second, and the
 * disk that it takes, beside the same on a heap that has room for all. Arguments: keys (1000000),
 * bytes of a key's value (2000), the small heap (512m), the large one (8g; 0 leaves it out).
 */
public final class LargeStateBenchmark {
  private LargeStateBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String keys = args.length > 0 ? args[0] : "1000000";
    String valueBytes = args.length > 1 ? args[1] : "2000";
    String small = args.length > 2 ? args[2] : "512m";
    String large = args.length > 3 ? args[3] : "8g";
    try (ScratchFolder folder = new ScratchFolder("sluice-state")) {
      String temp = folder.path().toString();
      PeakDisk peak = PeakDisk.watch(folder.path());
      double onDisk = Child.run(small, LargeStateRun.class, keys, valueBytes, "DISK", temp);
      System.out.printf(
          Locale.ROOT,
          "%s keys of %s bytes, each touched twice, on disk, -Xmx%s: %,.0f records a second, peak"
              + " disk %,d MB%n",
          keys,
          valueBytes,
          small,
          onDisk,
          peak.end() / 1_000_000);
      if (!large.equals("0")) {
        double onHeap = Child.run(large, LargeStateRun.class, keys, valueBytes, "HEAP", temp);
        System.out.printf(
            Locale.ROOT,
            "the same on the heap, -Xmx%s: %,.0f records a second; on disk %.2f of that%n",
            large,
            onHeap,
            onDisk / onHeap);
      }
    }
  }
}
