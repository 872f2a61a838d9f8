package dev.sluice.runner;

import dev.sluice.translation.UnsupportedPipelineException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsValidator;

/**
 * Runs Beam pipelines in this process: {@code --runner=SluiceRunner}.
 *
 * <p>{@link #run} checks everything that can be checked, starts the pipeline on threads of its own
 * and returns; the process stays alive until the pipeline has ended.
 */
public final class SluiceRunner extends PipelineRunner<SluicePipelineResult> {
  private final SluicePipelineOptions options;

  private SluiceRunner(SluicePipelineOptions options) {
    this.options = options;
  }

  /**
   * The runner for {@code options}; called by Beam.
   *
   * @throws IllegalArgumentException with everything that is wrong with them
   */
  public static SluiceRunner fromOptions(PipelineOptions options) {
    OptionsWarmUp.start(options);
    SluicePipelineOptions sluice =
        PipelineOptionsValidator.validate(SluicePipelineOptions.class, options);
    OptionsCheck.check(sluice);
    return new SluiceRunner(sluice);
  }

  /**
   * Starts {@code pipeline}.
   *
   * @throws UnsupportedPipelineException with everything in it that cannot be run
   */
  @Override
  public SluicePipelineResult run(Pipeline pipeline) {
    MetricsEnvironment.setMetricsSupported(true);
    DisplayDataCheck.check(pipeline);
    return PipelineRun.start(
        TranslatedPipeline.of(pipeline, options, options.getMaxTaskAttempts()),
        options,
        options.getMaxTaskAttempts());
  }

  @Override
  public String toString() {
    return "SluiceRunner";
  }
}
