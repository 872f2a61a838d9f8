package dev.sluice.runner;

import dev.sluice.engine.plan.Plan;
import dev.sluice.translation.PipelineTranslator;
import org.apache.beam.sdk.Pipeline;

/** A pipeline's plan, and whether it is to be run batch by batch. */
record TranslatedPipeline(Plan plan, boolean streaming) {

  /** Translates as the pipeline's own inputs and the options ask for. */
  static TranslatedPipeline of(Pipeline pipeline, SluicePipelineOptions options, int maxAttempts) {
    if (options.isStreaming() || PipelineTranslator.isUnbounded(pipeline)) {
      Plan plan =
          PipelineTranslator.translateStream(
              pipeline,
              options.getBlockIntervalMs(),
              options.getMaxRate(),
              options.getMaxBatchRecords(),
              maxAttempts);
      return new TranslatedPipeline(plan, true);
    }
    return new TranslatedPipeline(PipelineTranslator.translate(pipeline), false);
  }
}
