package dev.sluice.benchmarks.nexmark;

/** The frame of a child's main method. */
final class ChildMain {
  private static final int FAILED = 1;

  private ChildMain() {}

  /** Work that may fail. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /**
   * Does {@code work} and ends this JVM, whatever threads a runner has left behind; at once if its
   * coordinator ends. What went wrong stands on standard error.
   */
  static void exitAfter(Work work) {
    int code = FAILED;
    ProcessHandle.current().parent().ifPresent(ChildMain::endWith);
    try {
      work.run();
      code = 0;
    } catch (Throwable e) {
      // As the JVM would print it, had it not to end now.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    } finally {
      System.exit(code);
    }
  }

  /** A coordinator that was killed waits for nothing any more, and the machine is wanted. */
  private static void endWith(ProcessHandle coordinator) {
    Thread watch =
        new Thread(
            () -> {
              coordinator.onExit().join();
              Runtime.getRuntime().halt(FAILED);
            },
            "coordinator-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
