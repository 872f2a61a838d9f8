package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

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
    Path temp = Files.createTempDirectory("sluice-gbk");
    for (String shape : new String[] {"many", "one"}) {
      PeakDisk disk = PeakDisk.watch(temp);
      double seconds = Child.run(heap, GroupByKeyRun.class, megabytes, shape, temp.toString());
      System.out.printf(
          Locale.ROOT,
          "GroupByKey of %s MB, %s key(s), -Xmx%s: %.0f s, peak disk %,d MB%n",
          megabytes,
          shape,
          heap,
          seconds,
          disk.end() / 1_000_000);
    }
    Files.delete(temp);
  }

  /** The most bytes that lay below a folder at once, as seen four times a second. */
  private static final class PeakDisk extends Thread {
    private final Path folder;
    private volatile boolean stopped;
    private volatile long peakBytes;

    private PeakDisk(Path folder) {
      this.folder = folder;
      setDaemon(true);
    }

    static PeakDisk watch(Path folder) {
      PeakDisk disk = new PeakDisk(folder);
      disk.start();
      return disk;
    }

    @Override
    public void run() {
      while (!stopped) {
        peakBytes = Math.max(peakBytes, bytes());
        try {
          Thread.sleep(250);
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    private long bytes() {
      try (Stream<Path> files = Files.walk(folder)) {
        return files.mapToLong(file -> file.toFile().length()).sum();
      } catch (IOException | UncheckedIOException e) {
        // A file went away under the walk; the next look sees the rest.
        return 0;
      }
    }

    long end() {
      stopped = true;
      return peakBytes;
    }
  }
}
