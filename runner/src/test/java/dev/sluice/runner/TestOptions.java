package dev.sluice.runner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Options of the tests' pipelines, as a command line. */
final class TestOptions {
  private TestOptions() {}

  /** Of {@link SluiceRunner}, with {@code args} added. */
  static SluicePipelineOptions of(String... args) {
    List<String> all =
        new ArrayList<>(List.of("--runner=SluiceRunner", "--parallelism=2", "--progress=OFF"));
    for (String arg : args) {
      // A later option replaces an earlier one of the same name.
      String name = arg.substring(0, arg.indexOf('=') + 1);
      all.removeIf(earlier -> earlier.startsWith(name));
    }
    all.addAll(Arrays.asList(args));
    return PipelineOptionsFactory.fromArgs(all.toArray(String[]::new))
        .as(SluicePipelineOptions.class);
  }
}
