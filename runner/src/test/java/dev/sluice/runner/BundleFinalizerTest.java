package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** What a DoFn asks to be called when its bundle is committed. */
class BundleFinalizerTest {
  private static final int ELEMENTS = 10;

  private final Shared<List<String>> finalized = Shared.of(new CopyOnWriteArrayList<>());
  private final Shared<AtomicInteger> attempts = Shared.of(new AtomicInteger());
  private final Shared<CompletableFuture<PipelineResult>> started =
      Shared.of(new CompletableFuture<>());

  @Test
  void isCalledOnceForTheAttemptThatSucceedsAndNeverForOthers() {
    run(registers(2, false));
    assertEquals(List.of("attempt 3, committed 10"), finalized.get());
  }

  @Test
  void isCalledAfterTheOutputIsCommitted() {
    run(registers(0, false));
    assertEquals(List.of("attempt 1, committed 10"), finalized.get());
  }

  @Test
  void mayFailWithoutHarmToTheBundle() {
    PipelineResult result = run(registers(0, true));
    assertEquals(ELEMENTS, TestCounter.committed(result));
    assertEquals(1, finalized.get().size());
  }

  @Test
  void isNotCalledIfThePipelineFails() {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=2"));
    apply(pipeline, registers(2, false));
    FailedRun.of(pipeline);
    assertTrue(finalized.get().isEmpty(), () -> "finalized: " + finalized.get());
  }

  private PipelineResult run(Registers registers) {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=4"));
    apply(pipeline, registers);
    PipelineResult result = pipeline.run();
    started.get().complete(result);
    assertEquals(State.DONE, result.waitUntilFinish());
    return result;
  }

  private static void apply(Pipeline pipeline, Registers registers) {
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(ELEMENTS))
        .apply("Registers", ParDo.of(registers));
  }

  private Registers registers(int failures, boolean failingCallback) {
    return new Registers(failures, failingCallback, attempts, finalized, started);
  }

  /** Registers a callback at its first element, and throws at the last while attempts fail. */
  private static final class Registers extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final int failures;
    private final boolean failingCallback;
    private final Shared<AtomicInteger> attempts;
    private final Shared<List<String>> finalized;
    private final Shared<CompletableFuture<PipelineResult>> started;
    private final Counter counter = TestCounter.counter();
    private int attempt;

    Registers(
        int failures,
        boolean failingCallback,
        Shared<AtomicInteger> attempts,
        Shared<List<String>> finalized,
        Shared<CompletableFuture<PipelineResult>> started) {
      this.failures = failures;
      this.failingCallback = failingCallback;
      this.attempts = attempts;
      this.finalized = finalized;
      this.started = started;
    }

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<Long> out, BundleFinalizer finalizer) {
      counter.inc();
      out.output(n);
      if (n == 0) {
        attempt = attempts.get().incrementAndGet();
        int mine = attempt;
        finalizer.afterBundleCommit(
            Instant.now().plus(Duration.standardHours(1)), () -> committed(mine));
      }
      if (n == ELEMENTS - 1 && attempt <= failures) {
        throw new IllegalStateException("an attempt fails on purpose");
      }
    }

    private void committed(int ofAttempt) throws Exception {
      long committed = TestCounter.committed(started.get().get(60, TimeUnit.SECONDS));
      finalized.get().add("attempt " + ofAttempt + ", committed " + committed);
      if (failingCallback) {
        throw new IllegalStateException("a callback fails on purpose");
      }
    }
  }
}
