package dev.sluice.runner;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** The threads of one pipeline, by the names that the runner gives them. */
final class PipelineThreads {
  private static final long TIMEOUT_MS = TimeUnit.SECONDS.toMillis(60);

  private PipelineThreads() {}

  /** Names of the live worker threads of the pipeline with this job name. */
  static List<String> workers(String jobName) {
    return named("sluice-" + jobName + "-worker-").stream().map(Thread::getName).toList();
  }

  /**
   * Names of the workers that do not end. A thread that has done its last work may still be alive
   * for a moment: it is waited for.
   */
  static List<String> remaining(String jobName) throws InterruptedException {
    for (Thread thread : named("sluice-" + jobName + "-worker-")) {
      thread.join(TIMEOUT_MS);
    }
    return workers(jobName);
  }

  private static List<Thread> named(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .toList();
  }
}
