package dev.sluice.benchmarks.nexmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** Where the figures come from: machine, JVM and commit, in one line. */
record Machine(int cores, double gigabytes, String java, String commit) {
  /** This one, with the commit that {@code root} is at. */
  static Machine measuring(Path root) throws IOException, InterruptedException {
    long bytes =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        bytes / 1e9,
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        commit(root));
  }

  private static String commit(Path root) throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty")
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return git.waitFor() == 0 ? commit : "unknown";
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d cores, %.0f GB, %s, commit %s", cores, gigabytes, java, commit);
  }
}
