package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The most bytes that lay below a folder at once, as seen four times a second. */
final class PeakDisk extends Thread {
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
