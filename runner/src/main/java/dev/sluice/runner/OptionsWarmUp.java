package dev.sluice.runner;

import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.metrics.MetricsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Loads, on a thread of its own, what the first pipeline of a process needs to serialize its
 * options and to read those of its metrics, while the pipeline is being checked. Beam keeps what is
 * generated; later pipelines find it there.
 */
final class OptionsWarmUp {
  private OptionsWarmUp() {}

  /** Starts loading; returns at once. */
  static void start() {
    Thread thread = new Thread(OptionsWarmUp::load, "sluice-options-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static void load() {
    PipelineOptions options = PipelineOptionsFactory.create();
    new SerializablePipelineOptions(options).get();
    options.as(MetricsOptions.class);
  }
}
