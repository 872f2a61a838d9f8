package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a result says while its pipeline runs, and when it has ended. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ResultStatesTest {
  private final Latch reached = new Latch(1);
  private final Latch released = new Latch(1);

  @Test
  void areRunningUntilTheEndAndThenDone() throws InterruptedException {
    PipelineResult result = start();
    reached.await();
    assertEquals(State.RUNNING, result.getState());
    released.open();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(State.DONE, result.getState());
    assertEquals(State.DONE, result.waitUntilFinish(Duration.millis(1)));
  }

  @Test
  void areUnknownToThoseWhoWaitTooShort() throws InterruptedException {
    PipelineResult result = start();
    reached.await();
    assertNull(result.waitUntilFinish(Duration.millis(1)));
    assertEquals(State.RUNNING, result.getState());
    released.open();
    assertEquals(State.DONE, result.waitUntilFinish(Duration.ZERO));
  }

  @Test
  void areCancelledAfterACancellation() throws Exception {
    PipelineResult result = start();
    reached.await();
    assertEquals(State.CANCELLED, result.cancel());
    assertEquals(State.CANCELLED, result.getState());
    assertEquals(State.CANCELLED, result.waitUntilFinish());
  }

  @Test
  void stayDoneIfTheyAreCancelledAfterwards() throws Exception {
    PipelineResult result = start();
    released.open();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(State.DONE, result.cancel());
    assertEquals(State.DONE, result.getState());
  }

  @Test
  void areFailedHoweverOftenOneAsks() {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=1"));
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(1))
        .apply("Fails", ParDo.of(new FailingDoFn(LifeCycle.PROCESS_ELEMENT)));
    PipelineResult result = pipeline.run();
    PipelineExecutionException first =
        assertThrows(PipelineExecutionException.class, result::waitUntilFinish);
    PipelineExecutionException second =
        assertThrows(
            PipelineExecutionException.class,
            () -> result.waitUntilFinish(Duration.standardMinutes(1)));
    assertEquals(first, second);
    assertEquals(State.FAILED, result.getState());
  }

  @Test
  void haveMetricsWhileThePipelineRuns() throws InterruptedException {
    PipelineResult result = start();
    reached.await();
    MetricResult<Long> running = TestCounter.in(result);
    assertEquals(5, running.getAttempted());
    assertEquals(0, TestCounter.committed(result));
    released.open();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(10, TestCounter.in(result).getAttempted());
    assertEquals(10, TestCounter.committed(result));
  }

  @Test
  void showProgressWhileThePipelineRuns() throws InterruptedException {
    SluicePipelineResult result = (SluicePipelineResult) start();
    reached.await();
    assertEquals(5, result.progress().records());
    assertEquals(1, result.progress().stages().get(0).running());
    released.open();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(10, result.progress().records());
    assertTrue(result.progress().stages().get(0).done());
  }

  @Test
  void tellInterruptedThreadsThatThePipelineRunsOn() throws InterruptedException {
    PipelineResult result = start();
    reached.await();
    Thread.currentThread().interrupt();
    assertThrows(IllegalStateException.class, result::waitUntilFinish);
    assertTrue(Thread.interrupted(), "the interrupt is not lost");
    assertEquals(State.RUNNING, result.getState());
    released.open();
    assertEquals(State.DONE, result.waitUntilFinish());
  }

  private PipelineResult start() {
    Pipeline pipeline = Pipeline.create(TestOptions.of());
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(10))
        .apply("Held", ParDo.of(new Held(reached, released)));
    return pipeline.run();
  }

  /** Counts its elements, and waits at the fifth. */
  private static final class Held extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;
    private final Latch reached;
    private final Latch released;

    Held(Latch reached, Latch released) {
      this.reached = reached;
      this.released = released;
    }

    @ProcessElement
    public void process(@Element Long n) throws InterruptedException {
      TestCounter.counter().inc();
      if (n == 4) {
        reached.open();
        released.await();
      }
    }
  }
}
