package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.Locale;

/**
 * GroupByKey of much more data than the heap: does it finish, how long does it take, how much disk
 * does it need. Arguments: the encoded size in MB (4000), the heap (512m).
 */
public final class GroupByKeyBenchmark {
  private GroupByKeyBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String megabytes = args.length > 0 ? args[0] : "4000";
    String heap = args.length > 1 ? args[1] : "512m";
    try (ScratchFolder folder = new ScratchFolder("sluice-gbk")) {
      for (String shape : new String[] {"many", "one"}) {
        PeakDisk disk = PeakDisk.watch(folder.path());
        double seconds =
            Child.run(heap, GroupByKeyRun.class, megabytes, shape, folder.path().toString());
        System.out.printf(
            Locale.ROOT,
            "GroupByKey of %s MB, %s key(s), -Xmx%s: %.0f s, peak disk %,d MB%n",
            megabytes,
            shape,
            heap,
            seconds,
            disk.end() / 1_000_000);
      }
    }
  }
}
