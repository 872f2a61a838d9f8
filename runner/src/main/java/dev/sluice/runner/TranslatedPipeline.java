package dev.sluice.runner;

import dev.sluice.engine.plan.Plan;
import dev.sluice.translation.PipelineTranslator;
import dev.sluice.translation.source.ReadSettings;
import org.apache.beam.sdk.Pipeline;

/** A pipeline's plan, and whether it is to be run batch by batch. */
record TranslatedPipeline(Plan plan, boolean streaming) {

  /** Translates as the pipeline's own inputs and the options ask for. */
  static TranslatedPipeline of(Pipeline pipeline, SluicePipelineOptions options, int maxAttempts) {
    if (options.isStreaming() || PipelineTranslator.isUnbounded(pipeline)) {
      ReadSettings reads =
          new ReadSettings(
              options.getBlockIntervalMs(),
              options.getMaxRate(),
              options.getBackpressure(),
              options.getMaxBatchRecords(),
              maxAttempts);
      Plan plan = PipelineTranslator.translateStream(pipeline, reads);
      return new TranslatedPipeline(plan, true);
    }
    return new TranslatedPipeline(PipelineTranslator.translate(pipeline), false);
  }
}
