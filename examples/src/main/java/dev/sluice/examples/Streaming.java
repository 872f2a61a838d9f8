package dev.sluice.examples;

import dev.sluice.runner.SluicePipelineResult;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;

/** Runs the pipelines of the streaming examples. */
final class Streaming {
  private Streaming() {}

  /**
   * Starts {@code pipeline}. When the process is told to end, as by Ctrl-C, the pipeline is drained
   * first: it reads nothing more, and what it has read still comes out.
   */
  static PipelineResult start(Pipeline pipeline) {
    PipelineResult result = pipeline.run();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(result), "drain"));
    return result;
  }

  /** Drains a pipeline of Sluice that has not ended yet, and waits until it has. */
  static void drain(PipelineResult result) {
    if (result instanceof SluicePipelineResult sluice && !sluice.getState().isTerminal()) {
      sluice.drain();
      sluice.waitUntilFinish();
    }
  }
}
