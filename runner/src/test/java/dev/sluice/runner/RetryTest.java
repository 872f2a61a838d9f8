package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Redistribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A DoFn whose first three attempts fail, in a pipeline with four attempts a task. */
class RetryTest {
  private static final int ELEMENTS = 1000;

  private final Shared<AtomicInteger> calls = Shared.of(new AtomicInteger());

  @ParameterizedTest
  @ValueSource(strings = {"--parallelism=1", "--parallelism=3", "--maxBundleSize=7"})
  void countsElementsAndCommittedMetricsOnce(String option) {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=4", option));
    Collected<Long> collected = new Collected<>();
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(ELEMENTS))
        .apply("Spread", Redistribute.arbitrarily())
        .apply("Fails", ParDo.of(new FailsAtFirst(calls)))
        .apply("Collected", collected);
    PipelineResult result = pipeline.run();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(
        LongStream.range(0, ELEMENTS).boxed().toList(),
        collected.elements().stream().sorted().toList());
    MetricResult<Long> counted = TestCounter.in(result);
    assertEquals(ELEMENTS, counted.getCommitted());
    assertEquals(calls.get().get(), counted.getAttempted());
    assertTrue(counted.getAttempted() > ELEMENTS, "the failed attempts count as attempted");
  }

  @Test
  void logsEachAttemptThatIsFollowedByAnother() {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=4"));
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(ELEMENTS))
        .apply("Fails", ParDo.of(new FailsAtFirst(calls)));
    try (LogCapture log = new LogCapture()) {
      assertEquals(State.DONE, pipeline.run().waitUntilFinish());
      assertEquals(List.of("attempt 1", "attempt 2", "attempt 3"), log.retried());
    }
  }

  /** Fails at one element, after it and others were counted and output. */
  private static final class FailsAtFirst extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final Shared<AtomicInteger> failures = Shared.of(new AtomicInteger(3));
    private final Counter counter = TestCounter.counter();
    private final Shared<AtomicInteger> calls;

    FailsAtFirst(Shared<AtomicInteger> calls) {
      this.calls = calls;
    }

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<Long> out) {
      calls.get().incrementAndGet();
      counter.inc();
      out.output(n);
      if (n == ELEMENTS / 2 && failures.get().getAndDecrement() > 0) {
        throw new IllegalStateException("an attempt fails on purpose");
      }
    }
  }
}
