package dev.sluice.runner;

import dev.sluice.engine.plan.Plan;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsValidator;
import org.apache.beam.sdk.util.SerializableUtils;

/**
 * {@link SluiceRunner} for tests: tries each task once, waits for the end, and runs a plan that was
 * written as bytes and read again.
 */
public final class TestSluiceRunner extends PipelineRunner<SluicePipelineResult> {
  private final SluicePipelineOptions options;

  private TestSluiceRunner(SluicePipelineOptions options) {
    this.options = options;
  }

  /** The runner for {@code options}; called by Beam. */
  public static TestSluiceRunner fromOptions(PipelineOptions options) {
    SluicePipelineOptions sluice =
        PipelineOptionsValidator.validate(SluicePipelineOptions.class, options);
    OptionsCheck.check(sluice);
    return new TestSluiceRunner(sluice);
  }

  @Override
  public SluicePipelineResult run(Pipeline pipeline) {
    MetricsEnvironment.setMetricsSupported(true);
    DisplayDataCheck.check(pipeline);
    TranslatedPipeline translated = TranslatedPipeline.of(pipeline, options, 1);
    Plan copy = SerializableUtils.clone(translated.plan());
    SluicePipelineResult result =
        PipelineRun.start(new TranslatedPipeline(copy, translated.streaming()), options, 1);
    result.waitUntilFinish();
    return result;
  }

  @Override
  public String toString() {
    return "TestSluiceRunner";
  }
}
