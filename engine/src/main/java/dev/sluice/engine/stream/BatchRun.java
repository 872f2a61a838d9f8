package dev.sluice.engine.stream;

import dev.sluice.engine.time.Clock;

/** What is done for a batch, on the job thread. */
record BatchRun(Graph graph, Announcements announcements, Clock clock) {

  /**
   * Runs the output operations one after another, up to the first that fails, then makes what later
   * batches will read.
   */
  void run(long timeMs) {
    for (Output<?> output : graph.outputs()) {
      if (output.node().isAt(timeMs)) {
        run(output, timeMs);
      }
    }
    for (Node<?> node : graph.reachable()) {
      if (node.isAt(timeMs)) {
        node.dataset(timeMs);
      }
    }
  }

  private void run(Output<?> output, long timeMs) {
    announcements.tell(new StreamEvent.OutputStarted(output.name(), timeMs));
    long startMs = clock.nowMs();
    Throwable failure = null;
    try {
      output.run(timeMs);
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      long durationMs = clock.nowMs() - startMs;
      announcements.tell(
          new StreamEvent.OutputCompleted(output.name(), timeMs, durationMs, failure));
    }
  }
}
