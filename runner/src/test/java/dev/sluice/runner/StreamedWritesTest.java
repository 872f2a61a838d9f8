package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.ToString;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.joda.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a stream writes, as many as the runner likes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StreamedWritesTest {
  private static final int ELEMENTS = 60;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"--parallelism=1", "--parallelism=7", "--maxBundleSize=1"})
  void haveEachWindowsElementsOnce(String option) throws IOException {
    Path output = folder.resolve("output");
    Pipeline pipeline =
        Pipeline.create(
            TestOptions.of(
                "--batchDurationMs=5", "--tempLocation=" + folder.resolve("temp"), option));
    NumbersSource source = NumbersSource.of(ELEMENTS, new InBatches(7));
    pipeline
        .apply("Numbers", Read.from(source))
        .apply("Windows", Window.into(FixedWindows.of(Duration.millis(20))))
        .apply("Lines", ToString.elements())
        .apply(
            "Write", TextIO.write().to(output.resolve("numbers").toString()).withWindowedWrites());
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    List<Long> written = new ArrayList<>();
    for (Path file : files(output)) {
      List<Long> lines = Files.readAllLines(file).stream().map(Long::valueOf).toList();
      assertEquals(1, lines.stream().map(n -> n / 20).distinct().count(), file::toString);
      String start = "00.0" + (lines.get(0) / 20 * 2);
      assertTrue(file.toString().contains(lines.get(0) < 20 ? "00.000Z" : start), file::toString);
      written.addAll(lines);
    }
    assertEquals(source.numbers(), written.stream().sorted().toList());
  }

  private static List<Path> files(Path output) throws IOException {
    try (Stream<Path> below = Files.walk(output)) {
      return below.filter(Files::isRegularFile).toList();
    }
  }
}
