package dev.sluice.runner;

import dev.sluice.runner.files.FileSink;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.ToString;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.joda.time.Duration;

/** A program that is killed while it writes the numbers of {@link KilledRecords} to files. */
final class FileSinkProgram {
  private FileSinkProgram() {}

  /** The folder of the test, then options. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    Pipeline pipeline = Pipeline.create(TestOptions.of(Arrays.copyOfRange(args, 1, args.length)));
    KilledRecords records = new KilledRecords(folder, Shared.of(StandStill.never()));
    pipeline
        .apply(
            "Read",
            Read.from(NumbersSource.ofSplits(KilledRecords.SPLITS, KilledRecords.COUNT, records)))
        .apply("Windows", Window.into(FixedWindows.of(Duration.millis(500))))
        .apply("Lines", ToString.elements())
        .apply("Write", FileSink.to(folder.resolve("out").toUri().toString()).withSuffix(".txt"));
    State state = pipeline.run().waitUntilFinish();
    if (state != State.DONE) {
      throw new IllegalStateException("has ended as " + state);
    }
  }
}
