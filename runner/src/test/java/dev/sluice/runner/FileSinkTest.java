package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.runner.files.FileSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.ToString;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a pipeline writes, without a crash. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FileSinkTest {
  private static final int COUNT = 300;

  @TempDir Path folder;

  private SinkFiles files;
  private final Gathered<String> names = new Gathered<>();

  @BeforeEach
  void nameFolder() {
    files = new SinkFiles(folder.resolve("deep/out"));
  }

  @ParameterizedTest
  @CsvSource({"false,0", "false,7", "true,0", "true,7"})
  void haveEachLineOnce(boolean streaming, int bundle) throws IOException {
    Pipeline pipeline =
        pipeline("--streaming=" + streaming, "--maxBundleSize=" + bundle, "--parallelism=4");
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(COUNT))
        .apply("Lines", ToString.elements())
        .apply("Write", sink().withSuffix(".txt"))
        .apply("Gathered", names);
    assertDone(pipeline);
    assertEquals(numbers(0, COUNT), sorted(files.lines()));
    assertEquals(files.names(), names.sorted());
    assertTrue(files.names().size() >= (bundle == 0 ? 1 : COUNT / 7), files.names()::toString);
    files
        .names()
        .forEach(
            name ->
                assertTrue(name.matches("part-\\d{8}T\\d{9}Z-[0-9a-f]{12}-\\d{6}\\.txt"), name));
    assertEquals(List.of(), files.attempts());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofAStreamAreInTheOrderInWhichItCame(boolean kept) throws IOException {
    Pipeline pipeline =
        kept
            ? pipeline(
                "--parallelism=1",
                "--checkpointDir=" + folder.resolve("checkpoints"),
                "--checkpointIntervalMs=1")
            : pipeline("--parallelism=1");
    pipeline
        .apply("Numbers", Read.from(NumbersSource.of(COUNT, new InBatches(30))))
        .apply("Lines", ToString.elements())
        .apply("Sessions", Window.into(Sessions.withGapDuration(Duration.millis(5))))
        .apply("Write", sink())
        .apply("Gathered", names);
    assertDone(pipeline);
    assertEquals(LongStream.range(0, COUNT).mapToObj(Long::toString).toList(), files.lines());
    assertTrue(files.names().size() >= COUNT / 30, files.names()::toString);
    assertEquals(files.names(), names.sorted());
    assertEquals(List.of(), files.attempts());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void haveNothingOfFailedTasks(boolean streaming) throws IOException {
    Flag failed = new Flag();
    Shared<List<String>> left = Shared.of(new CopyOnWriteArrayList<>());
    Pipeline pipeline =
        pipeline("--streaming=" + streaming, "--maxBundleSize=1", "--parallelism=1");
    pipeline
        .apply("Values", Create.of(IntStream.range(0, COUNT).mapToObj(i -> "line").toList()))
        .apply("Fails once", ParDo.of(new FailsLate(failed, files.folder().toString(), left)))
        .apply("Write", sink());
    assertDone(pipeline);
    assertFalse(left.get().isEmpty(), "finished bundles of the failed task have files");
    assertEquals(IntStream.range(0, COUNT).mapToObj(i -> "line").toList(), files.lines());
    assertEquals(List.of(), files.attempts());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mayComeFromSeveralSinks(boolean streaming) throws IOException {
    Pipeline pipeline = pipeline("--streaming=" + streaming, "--maxBundleSize=5");
    PCollection<String> lines =
        pipeline
            .apply("Numbers", GenerateSequence.from(0).to(COUNT))
            .apply("Lines", ToString.elements());
    lines.apply("One", sink().withPrefix("one-"));
    // Behind a grouping its files come to be when the others are published.
    lines.apply("Later", Distinct.create()).apply("Two", sink().withPrefix("two-"));
    assertDone(pipeline);
    List<String> twice = new ArrayList<>(numbers(0, COUNT));
    twice.addAll(numbers(0, COUNT));
    assertEquals(sorted(twice), sorted(files.lines()));
    assertEquals(List.of(), files.attempts());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void takeThePlaceOfWhatAnEarlierProcessHasLeft(boolean streaming) throws IOException {
    String left = files.leaveAttempt();
    Shared<List<String>> still = Shared.of(new CopyOnWriteArrayList<>());
    Pipeline pipeline = pipeline("--streaming=" + streaming, "--maxBundleSize=10");
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(COUNT))
        .apply("Lines", ToString.elements())
        .apply("Write", sink())
        .apply("Look", ParDo.of(new Look(files.folder().toString(), still)));
    assertDone(pipeline);
    assertFalse(still.get().contains(left), "it is deleted before the first name is given");
    assertEquals(numbers(0, COUNT), sorted(files.lines()));
    assertEquals(List.of(), files.attempts());
  }

  @Test
  void areWrittenAsUtf8() throws IOException {
    List<String> lines = List.of("", " a ", "zażółć", "\uD83D\uDE00", "x".repeat(200_000));
    Pipeline pipeline = pipeline("--parallelism=1");
    pipeline.apply("Values", Create.of(lines)).apply("Write", sink());
    assertDone(pipeline);
    assertEquals(sorted(lines), sorted(files.lines()));
  }

  @Test
  void areNotMadeOfNothing() throws IOException {
    Pipeline pipeline = pipeline();
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(0))
        .apply("Lines", ToString.elements())
        .apply("Write", sink());
    assertDone(pipeline);
    assertEquals(List.of(), files.names());
  }

  @Test
  void haveNamesThatAStoreCanKeepAndReadersSee() {
    for (String prefix : List.of("_part", ".part", "a/b", "a b")) {
      assertThrows(IllegalArgumentException.class, () -> sink().withPrefix(prefix));
    }
    for (String suffix : List.of("/b", "*")) {
      var e = assertThrows(IllegalArgumentException.class, () -> sink().withSuffix(suffix));
      assertTrue(e.getMessage().contains("'" + suffix + "' is no suffix"), e.getMessage());
    }
  }

  private FileSink sink() {
    return FileSink.to(files.folder().toString());
  }

  private static Pipeline pipeline(String... options) {
    List<String> all = new ArrayList<>(List.of("--batchDurationMs=1", "--maxTaskAttempts=4"));
    all.addAll(List.of(options));
    return Pipeline.create(TestOptions.of(all.toArray(String[]::new)));
  }

  private static void assertDone(Pipeline pipeline) {
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
  }

  private static List<String> numbers(long from, long to) {
    return sorted(LongStream.range(from, to).mapToObj(Long::toString).toList());
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  /** Fails once, when it has passed some elements on; notes which files there are then. */
  private static final class FailsLate extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;
    private final Flag failed;
    private final String folder;
    private final Shared<List<String>> left;
    private transient int seen;

    FailsLate(Flag failed, String folder, Shared<List<String>> left) {
      this.failed = failed;
      this.folder = folder;
      this.left = left;
    }

    @ProcessElement
    public void process(@Element String line, OutputReceiver<String> out) throws IOException {
      if (++seen == 5 && failed.raiseFirst()) {
        left.get().addAll(new SinkFiles(Path.of(folder)).attempts());
        throw new IllegalStateException("a task fails on purpose");
      }
      out.output(line);
    }
  }

  /** Notes at each element which files are not published. */
  private static final class Look extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;
    private final String folder;
    private final Shared<List<String>> seen;

    Look(String folder, Shared<List<String>> seen) {
      this.folder = folder;
      this.seen = seen;
    }

    @ProcessElement
    public void process() throws IOException {
      seen.get().addAll(new SinkFiles(Path.of(folder)).attempts());
    }
  }
}
