package dev.sluice.runner;

import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.metrics.MetricsOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Loads, on a thread of its own, what the first pipeline of a process needs to serialize its
 * options and to read those of its metrics, while the pipeline is being checked. Beam keeps what is
 * generated; later pipelines find it there. It keeps file systems by the options that were
 * serialized last, too, and metrics by those that were first: so they are the pipeline's own.
 */
final class OptionsWarmUp {
  private OptionsWarmUp() {}

  /** Starts loading; returns at once. */
  static void start(PipelineOptions options) {
    Thread thread = new Thread(() -> load(options), "sluice-options-warm-up");
    thread.setDaemon(true);
    // The run does the same, fails with the same, and has somebody to tell.
    thread.setUncaughtExceptionHandler((t, e) -> {});
    thread.start();
  }

  private static void load(PipelineOptions options) {
    new SerializablePipelineOptions(options).get();
    options.as(MetricsOptions.class);
  }
}
