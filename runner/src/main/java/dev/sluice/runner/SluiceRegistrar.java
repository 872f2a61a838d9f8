package dev.sluice.runner;

import java.util.List;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;
import org.apache.beam.sdk.runners.PipelineRunnerRegistrar;

/** Makes the runners and their options known to Beam by name. */
public final class SluiceRegistrar {
  private SluiceRegistrar() {}

  /** Finds {@code --runner=SluiceRunner} and {@code --runner=TestSluiceRunner}. */
  public static final class Runners implements PipelineRunnerRegistrar {
    @Override
    public Iterable<Class<? extends PipelineRunner<?>>> getPipelineRunners() {
      return List.of(SluiceRunner.class, TestSluiceRunner.class);
    }
  }

  /** Finds {@link SluicePipelineOptions}. */
  public static final class Options implements PipelineOptionsRegistrar {
    @Override
    public Iterable<Class<? extends PipelineOptions>> getPipelineOptions() {
      return List.of(SluicePipelineOptions.class);
    }
  }
}
