package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Results that do not depend on how the pipeline is run: what spills, how long bundles are, how
 * many tasks there are. The seed of the input is part of each test's name and of its message.
 */
class SameResultsTest {
  private static final int EVENTS = 1000;
  private static final String IN_MEMORY = "--memoryFraction=0.5";
  private static final String SPILLING = "--memoryFraction=0.00006";

  @TempDir private Path folder;

  @ParameterizedTest(name = "seed {0} {1}")
  @CsvSource({
    "1, --parallelism=1",
    "1, --parallelism=2",
    "1, --parallelism=7",
    "2, --maxBundleSize=1",
    "3, --maxBundleSize=7",
    "4, --checkMutations=true",
    "5, --runner=TestSluiceRunner",
    "6, --speculation=true"
  })
  void comeInMemory(long seed, String option) throws IOException {
    assertSame(seed, false, IN_MEMORY, option);
  }

  @ParameterizedTest(name = "seed {0} {1}")
  @CsvSource({
    "1, --parallelism=1",
    "1, --parallelism=2",
    "1, --parallelism=7",
    "2, --maxBundleSize=1",
    "3, --maxBundleSize=7"
  })
  void comeThroughFiles(long seed, String option) throws IOException {
    assertSame(seed, true, SPILLING, option);
  }

  private void assertSame(long seed, boolean spills, String memory, String option)
      throws IOException {
    List<String> expected = results(seed, false, IN_MEMORY, "--parallelism=1");
    assertFalse(expected.isEmpty(), "the pipeline has no results");
    List<String> found = results(seed, spills, memory, option);
    assertEquals(expected, found, () -> "seed " + seed + " with " + memory + " " + option);
  }

  private List<String> results(long seed, boolean spills, String... options) throws IOException {
    Path tempFolder = Files.createTempDirectory(folder, "run");
    String[] all =
        Stream.concat(Stream.of(options), Stream.of("--tempFolder=" + tempFolder))
            .toArray(String[]::new);
    Pipeline pipeline = Pipeline.create(TestOptions.of(all));
    Collected<String> collected = new Collected<>();
    Shared<AtomicBoolean> spilled = Shared.of(new AtomicBoolean());
    ManyTransforms.apply(pipeline, seed, EVENTS)
        .apply("Probe", ParDo.of(new SpillProbe(tempFolder.toString(), spilled)))
        .apply("Collected", collected);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(spills, spilled.get().get(), "whether something has spilled");
    return collected.elements().stream().sorted().toList();
  }

  /** Looks whether there are temporary files while the pipeline runs. */
  private static final class SpillProbe extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;
    private final String tempFolder;
    private final Shared<AtomicBoolean> spilled;

    SpillProbe(String tempFolder, Shared<AtomicBoolean> spilled) {
      this.tempFolder = tempFolder;
      this.spilled = spilled;
    }

    @ProcessElement
    public void process(@Element String element, OutputReceiver<String> out) {
      if (!spilled.get().get()) {
        spilled.get().set(hasFiles());
      }
      out.output(element);
    }

    private boolean hasFiles() {
      try (Stream<Path> files = Files.list(Path.of(tempFolder))) {
        return files.findAny().isPresent();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
