package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.runner.files.FileSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.ToString;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.joda.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pipelines that crash while they write files, and are started again with their checkpoint folder.
 *
 * <p>With {@code -Dsluice.seed=N} it is one pipeline, with {@code -Dsluice.seeds=M} as many.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FileSinkCrashTest {
  private static final int SPLITS = 3;
  private static final int COUNT = 45;
  private static final int FILES = 30;
  private static final int SEEDS = 12;

  @TempDir Path folder;

  static LongStream seeds() {
    return Seeds.of(SEEDS);
  }

  /** Where runs crash: before the sink at lines, behind it at files; counted over all runs. */
  private record Crashes(
      Set<Long> lines,
      Shared<AtomicLong> seenLines,
      Set<Long> files,
      Shared<AtomicLong> seenFiles) {

    static Crashes draw(Random random) {
      return new Crashes(
          draw(random, SPLITS * COUNT),
          Shared.of(new AtomicLong()),
          draw(random, FILES),
          Shared.of(new AtomicLong()));
    }

    private static Set<Long> draw(Random random, int span) {
      Set<Long> drawn = new TreeSet<>();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        drawn.add(1L + random.nextInt(span));
      }
      return drawn;
    }

    @Override
    public String toString() {
      return "crashes at lines " + lines + " and files " + files;
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void writeEachLineOnce(long seed) throws IOException {
    Random random = Seeds.random(seed);
    Crashes crashes = Crashes.draw(random);
    InBatches conduct = new InBatches(random.nextInt(5, 30));
    List<String> runs = new ArrayList<>(List.of("-Dsluice.seed=" + seed + " " + crashes));
    SinkFiles files = new SinkFiles(folder.resolve("out"));
    boolean done = false;
    while (!done) {
      String[] options = {
        "--batchDurationMs=" + oneOf(random, 1, 10),
        "--parallelism=" + oneOf(random, 1, 2, 7),
        "--maxBundleSize=" + oneOf(random, 0, 1, 3)
      };
      runs.add(String.join(" ", options) + " finds " + files.attempts().size() + " attempts");
      done = ends(pipeline(conduct, crashes, options), runs);
    }
    assertEquals(all(), sorted(files.lines()), runs::toString);
    assertEquals(List.of(), files.attempts(), runs::toString);
  }

  /** The first run crashes when many files are durable and some of them published. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 5, 9})
  void publishWhatWasDurableBeforeACrash(long number) throws IOException {
    Crashes crashes =
        new Crashes(
            Set.of(), Shared.of(new AtomicLong()), Set.of(number), Shared.of(new AtomicLong()));
    InBatches conduct = new InBatches(COUNT / 3);
    SinkFiles files = new SinkFiles(folder.resolve("out"));
    String[] options = {"--batchDurationMs=10", "--maxBundleSize=1"};
    List<String> runs = new ArrayList<>();
    assertFalse(ends(pipeline(conduct, crashes, options), runs));
    runs.add("a crash at file " + number + " has left " + files.attempts());
    assertTrue(ends(pipeline(conduct, crashes, options), runs));
    assertEquals(all(), sorted(files.lines()), runs::toString);
    assertEquals(List.of(), files.attempts(), runs::toString);
  }

  /** Runs it; false if it has crashed on purpose. */
  private static boolean ends(Pipeline pipeline, List<String> runs) {
    try {
      assertEquals(State.DONE, pipeline.run().waitUntilFinish());
      return true;
    } catch (PipelineExecutionException e) {
      if (e.getCause() instanceof GeneratedCrashes.Crash) {
        return false;
      }
      throw new AssertionError("failed: " + runs, e);
    }
  }

  private Pipeline pipeline(InBatches conduct, Crashes crashes, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--maxTaskAttempts=1",
                "--checkpointIntervalMs=1",
                "--checkpointDir=" + folder.resolve("checkpoints")));
    all.addAll(List.of(options));
    Pipeline pipeline = Pipeline.create(TestOptions.of(all.toArray(String[]::new)));
    pipeline
        .apply("Numbers", Read.from(NumbersSource.ofSplits(SPLITS, COUNT, conduct)))
        .apply("Windows", Window.into(FixedWindows.of(Duration.millis(7))))
        .apply("Lines", ToString.elements())
        .apply("Crash", ParDo.of(new CrashFn(crashes.lines(), crashes.seenLines())))
        .apply("Write", FileSink.to(folder.resolve("out").toString()))
        .apply("Crash behind", ParDo.of(new CrashFn(crashes.files(), crashes.seenFiles())));
    return pipeline;
  }

  private static List<String> all() {
    return sorted(
        NumbersSource.ofSplits(SPLITS, COUNT, new InBatches(1)).numbers().stream()
            .map(n -> "" + n)
            .toList());
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  private static int oneOf(Random random, int... values) {
    return values[random.nextInt(values.length)];
  }

  private static final class CrashFn extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;
    private final Set<Long> numbers;
    private final Shared<AtomicLong> seen;

    CrashFn(Set<Long> numbers, Shared<AtomicLong> seen) {
      this.numbers = numbers;
      this.seen = seen;
    }

    @ProcessElement
    public void process(@Element String element, OutputReceiver<String> out) {
      long number = seen.get().incrementAndGet();
      if (numbers.contains(number)) {
        throw new GeneratedCrashes.Crash(number);
      }
      out.output(element);
    }
  }
}
