package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two pipelines with different options that run at the same time. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConcurrentPipelinesTest {
  private static final int ELEMENTS = 1000;

  @TempDir private Path folder;

  @Test
  void seeTheirOwnOptionsThreadsMetricsAndFolders() throws InterruptedException {
    Run spilling = new Run("first", 1, 0.000002, folder);
    Run inMemory = new Run("second", 3, 0.4, folder);
    spilling.start();
    inMemory.start();
    spilling.reached.await();
    inMemory.reached.await();
    // Both are in the middle of their input now.
    spilling.released.open();
    inMemory.released.open();
    for (Run run : List.of(spilling, inMemory)) {
      assertEquals(State.DONE, run.result.waitUntilFinish());
      assertEquals(Set.of(run.parallelism), run.seenParallelism.get());
      assertEquals(Set.of("sluice-" + run.name), prefixes(run.seenThreads.get()));
      assertEquals(ELEMENTS, TestCounter.in(run.result).getAttempted());
      assertEquals(ELEMENTS, TestCounter.committed(run.result));
      assertEquals(
          LongStream.range(0, ELEMENTS).boxed().toList(),
          run.collected.elements().stream().sorted().toList());
    }
    assertTrue(Files.exists(spilling.tempFolder()), "the first has spilled");
    assertFalse(Files.exists(inMemory.tempFolder()), "the second has not");
  }

  @Test
  void goOnWhenTheOtherIsCancelled() throws Exception {
    Run cancelled = new Run("third", 1, 0.4, folder);
    Run other = new Run("fourth", 1, 0.4, folder);
    cancelled.start();
    other.start();
    cancelled.reached.await();
    other.reached.await();
    assertEquals(State.CANCELLED, cancelled.result.cancel());
    assertEquals(State.RUNNING, other.result.getState());
    other.released.open();
    assertEquals(State.DONE, other.result.waitUntilFinish());
    assertEquals(ELEMENTS, other.collected.elements().size());
  }

  private static Set<String> prefixes(Set<String> threads) {
    Set<String> prefixes = new TreeSet<>();
    threads.forEach(name -> prefixes.add(name.substring(0, name.indexOf("-worker-"))));
    return prefixes;
  }

  /** A pipeline that waits in the middle of its input. */
  private static final class Run {
    private final String name;
    private final int parallelism;
    private final double memoryFraction;
    private final Path folder;
    private final Latch reached = new Latch(1);
    private final Latch released = new Latch(1);
    private final Shared<Set<Integer>> seenParallelism = Shared.of(new ConcurrentSkipListSet<>());
    private final Shared<Set<String>> seenThreads = Shared.of(new ConcurrentSkipListSet<>());
    private final Collected<Long> collected = new Collected<>();
    private PipelineResult result;

    Run(String name, int parallelism, double memoryFraction, Path folder) {
      this.name = name;
      this.parallelism = parallelism;
      this.memoryFraction = memoryFraction;
      this.folder = folder;
    }

    Path tempFolder() {
      return folder.resolve(name);
    }

    void start() {
      Pipeline pipeline =
          Pipeline.create(
              TestOptions.of(
                  "--jobName=" + name,
                  "--parallelism=" + parallelism,
                  "--memoryFraction=" + memoryFraction,
                  "--tempFolder=" + tempFolder()));
      pipeline
          .apply("Numbers", GenerateSequence.from(0).to(ELEMENTS))
          .apply("Looks", ParDo.of(new LooksAround(this)))
          .apply("Collected", collected);
      result = pipeline.run();
    }
  }

  /** Notes where it runs. */
  private static final class LooksAround extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final Latch reached;
    private final Latch released;
    private final Shared<Set<Integer>> seenParallelism;
    private final Shared<Set<String>> seenThreads;

    LooksAround(Run run) {
      this.reached = run.reached;
      this.released = run.released;
      this.seenParallelism = run.seenParallelism;
      this.seenThreads = run.seenThreads;
    }

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<Long> out, PipelineOptions options)
        throws InterruptedException {
      TestCounter.counter().inc();
      seenParallelism.get().add(options.as(SluicePipelineOptions.class).getParallelism());
      seenThreads.get().add(Thread.currentThread().getName());
      if (n == ELEMENTS / 2) {
        reached.open();
        released.await();
      }
      out.output(n);
    }
  }
}
