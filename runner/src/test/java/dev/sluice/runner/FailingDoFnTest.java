package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.runner.LifeCycle.OwnException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** User code that throws in one of the methods of a DoFn. */
class FailingDoFnTest {

  @ParameterizedTest
  @EnumSource(names = {"SETUP", "START_BUNDLE", "PROCESS_ELEMENT", "FINISH_BUNDLE", "TEARDOWN"})
  void isTheCauseAndIsNamed(LifeCycle failing) {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=1"));
    numbers(pipeline)
        .apply("Before", ParDo.of(new FailingDoFn(null)))
        .apply("Within/Deep", ParDo.of(new FailingDoFn(failing)))
        .apply("Behind", ParDo.of(new FailingDoFn(null)));
    FailedRun run = FailedRun.of(pipeline);
    run.assertCause(OwnException.class, failing.message());
    run.assertNames("Within/Deep/ParMultiDo(Failing)");
  }

  @ParameterizedTest
  @EnumSource(names = {"PROCESS_ELEMENT", "ON_TIMER", "ON_WINDOW_EXPIRATION"})
  void isTheCauseAndIsNamedIfItHasTimers(LifeCycle failing) {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=1"));
    numbers(pipeline)
        .apply("Keys", WithKeys.of("key"))
        .apply("Timers", ParDo.of(new FailingTimersDoFn(failing)));
    FailedRun run = FailedRun.of(pipeline);
    run.assertCause(OwnException.class, failing.message());
    run.assertNames("Timers/ParMultiDo(FailingTimers)");
  }

  @Test
  void isTriedAsOftenAsTheOptionSays() {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=3"));
    numbers(pipeline).apply("Fails", ParDo.of(new FailingDoFn(LifeCycle.PROCESS_ELEMENT)));
    try (LogCapture log = new LogCapture()) {
      assertThrows(PipelineExecutionException.class, pipeline.run()::waitUntilFinish);
      assertEquals(List.of("attempt 1", "attempt 2"), log.retried());
    }
  }

  @Test
  void comesOutOfRunWithTheTestRunner() {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--runner=TestSluiceRunner"));
    numbers(pipeline).apply("Fails", ParDo.of(new FailingDoFn(LifeCycle.PROCESS_ELEMENT)));
    PipelineExecutionException thrown =
        assertThrows(PipelineExecutionException.class, pipeline::run);
    assertEquals(OwnException.class, thrown.getCause().getClass());
  }

  @Test
  void failsThePipelineEvenIfADoFnBeforeItCatchesIt() {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=1"));
    numbers(pipeline)
        .apply("Catches", ParDo.of(new Catches()))
        .apply("Fails", ParDo.of(new FailingDoFn(LifeCycle.PROCESS_ELEMENT)));
    FailedRun run = FailedRun.of(pipeline);
    run.assertCause(OwnException.class, LifeCycle.PROCESS_ELEMENT.message());
    run.assertNames("Fails/ParMultiDo(Failing)");
  }

  @Test
  void mayBeAnError() {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=1"));
    numbers(pipeline).apply("Asserts", ParDo.of(new Asserts()));
    FailedRun run = FailedRun.of(pipeline);
    run.assertCause(AssertionError.class, "an error of the user's");
    run.assertNames("Asserts/ParMultiDo(Asserts)");
    assertTrue(run.thrown().getMessage().contains("an error of the user's"));
  }

  private static PCollection<Long> numbers(Pipeline pipeline) {
    return pipeline.apply("Numbers", GenerateSequence.from(0).to(5));
  }

  private static final class Catches extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<Long> out) {
      try {
        out.output(n);
      } catch (RuntimeException e) {
        // Code of users does this, and elements would be lost without a trace.
      }
    }
  }

  private static final class Asserts extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long n) {
      if (n >= 0) {
        throw new AssertionError("an error of the user's");
      }
    }
  }
}
