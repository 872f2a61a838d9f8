package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a DoFn of a stream asks to be called when its bundle is committed. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StreamedFinalizersTest {
  private static final int ELEMENTS = 60;

  @ParameterizedTest
  @CsvSource({
    "--parallelism=1, 0",
    "--parallelism=7, 0",
    "--maxBundleSize=1, 0",
    "--maxTaskAttempts=4, 3"
  })
  void isCalledOnceAfterTheCommit(String option, int failures) {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=5", option));
    Registers registers = new Registers(failures);
    NumbersSource source = NumbersSource.of(ELEMENTS, new InBatches(10));
    pipeline.apply("Numbers", Read.from(source)).apply("Registers", ParDo.of(registers));
    PipelineResult result = pipeline.run();
    registers.started.get().complete(result);
    assertEquals(State.DONE, result.waitUntilFinish());
    assertTrue(registers.failing.isOver(), "a failure has not happened");
    assertEquals(source.numbers(), registers.finalized.get().stream().sorted().toList());
    assertEquals(List.of(), registers.early.get());
  }

  /** Registers a callback for each element. */
  private static final class Registers extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final FailsOften failing;
    private final Counter counter = TestCounter.counter();
    private final Shared<List<Long>> finalized = Shared.of(new CopyOnWriteArrayList<>());
    private final Shared<List<Long>> early = Shared.of(new CopyOnWriteArrayList<>());
    private final Shared<CompletableFuture<PipelineResult>> started =
        Shared.of(new CompletableFuture<>());

    Registers(int failures) {
      this.failing = new FailsOften(failures);
    }

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<Long> out, BundleFinalizer finalizer) {
      counter.inc();
      out.output(n);
      finalizer.afterBundleCommit(
          Instant.now().plus(Duration.standardHours(1)), () -> committed(n));
      failing.at(n, 25);
    }

    private void committed(long n) throws Exception {
      if (TestCounter.committed(started.get().get(60, TimeUnit.SECONDS)) <= n) {
        early.get().add(n);
      }
      finalized.get().add(n);
    }
  }
}
