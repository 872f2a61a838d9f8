package dev.sluice.engine.stream;

import dev.sluice.engine.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is done for a batch, on the job thread. */
record BatchRun(Graph graph, Announcements announcements, Clock clock) {

  /**
   * Runs the output operations one after another, up to the first that fails, then makes what later
   * batches will read.
   *
   * @return what outputs have prepared, by their name
   */
  Map<String, List<String>> run(Batch batch) {
    long timeMs = batch.timeMs();
    Map<String, List<String>> prepared = new TreeMap<>();
    graph.inputs().forEach(input -> input.prepare(timeMs));
    for (Output<?> output : batch.replay() ? List.<Output<?>>of() : graph.outputs()) {
      if (output.node().isAt(timeMs)) {
        List<String> tokens = run(output, timeMs);
        if (!tokens.isEmpty()) {
          prepared.put(output.name(), tokens);
        }
      }
    }
    makeStates(timeMs);
    return prepared;
  }

  /** Publishes what outputs have prepared for a batch that is durable. */
  void publish(long timeMs, Map<String, List<String>> prepared) {
    for (Output<?> output : graph.outputs()) {
      List<String> tokens = prepared.get(output.name());
      if (tokens != null) {
        output.publish(timeMs, tokens);
      }
    }
  }

  private void makeStates(long timeMs) {
    for (Node<?> node : graph.reachable()) {
      if (node.isAt(timeMs)) {
        node.dataset(timeMs);
      }
    }
  }

  private List<String> run(Output<?> output, long timeMs) {
    announcements.tell(new StreamEvent.OutputStarted(output.name(), timeMs));
    long startMs = clock.nowMs();
    Throwable failure = null;
    try {
      return output.run(timeMs);
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
