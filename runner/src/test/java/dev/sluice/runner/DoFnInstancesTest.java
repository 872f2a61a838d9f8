package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;

/** How long instances of DoFns live, with one worker. */
class DoFnInstancesTest {
  private final InstanceLog log = new InstanceLog();

  @Test
  void areTornDownAndNotUsedAgainIfTheyThrowAtAnElement() {
    run(new Logging(log, "process", 1));
    assertEquals(
        List.of(
            "setup start process teardown", //
            "setup start process finish teardown"),
        log.lives());
  }

  @Test
  void areTornDownAndNotUsedAgainIfTheyThrowAtTheEndOfABundle() {
    run(new Logging(log, "finish", 1));
    assertEquals(
        List.of(
            "setup start process finish teardown", //
            "setup start process finish teardown"),
        log.lives());
  }

  @Test
  void areTornDownAndNotUsedAgainIfTheyThrowAtTheStartOfABundle() {
    run(new Logging(log, "start", 2));
    assertEquals(
        List.of(
            "setup start teardown", "setup start teardown", "setup start process finish teardown"),
        log.lives());
  }

  @Test
  void areTornDownIfTheyThrowWhenTheyAreSetUp() {
    run(new Logging(log, "setup", 1));
    assertEquals(
        List.of(
            "setup teardown", //
            "setup start process finish teardown"),
        log.lives());
  }

  @Test
  void areTornDownAndNotUsedAgainIfADoFnBehindThemThrows() {
    InstanceLog behind = new InstanceLog();
    run(new Logging(log, "nothing", 0), new Logging(behind, "process", 1));
    assertEquals(
        List.of(
            "setup start process teardown", //
            "setup start process finish teardown"),
        log.lives());
  }

  @Test
  void areUsedForSeveralBundlesIfNothingThrows() {
    run(5, new Logging(log, "nothing", 0));
    assertEquals(List.of("setup start process finish start process finish teardown"), log.lives());
  }

  private static void run(Logging... fns) {
    run(0, fns);
  }

  private static void run(int maxBundleSize, Logging... fns) {
    Pipeline pipeline =
        Pipeline.create(
            TestOptions.of(
                "--maxTaskAttempts=4", "--parallelism=1", "--maxBundleSize=" + maxBundleSize));
    var numbers = pipeline.apply("Numbers", GenerateSequence.from(0).to(10));
    for (int i = 0; i < fns.length; i++) {
      numbers = numbers.apply("Logs" + i, ParDo.of(fns[i]));
    }
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
  }

  /** Logs what is called, and throws at its first calls of one method. */
  static final class Logging extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final InstanceLog log;
    private final String failing;
    private final Shared<AtomicInteger> failures;
    private transient int instance;

    Logging(InstanceLog log, String failing, int failures) {
      this.log = log;
      this.failing = failing;
      this.failures = Shared.of(new AtomicInteger(failures));
    }

    @Setup
    public void setUp() {
      instance = log.register();
      called("setup");
    }

    @StartBundle
    public void startBundle() {
      called("start");
    }

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<Long> out) {
      called("process");
      out.output(n);
    }

    @FinishBundle
    public void finishBundle() {
      called("finish");
    }

    @Teardown
    public void tearDown() {
      called("teardown");
    }

    private void called(String method) {
      log.add(instance, method);
      if (method.equals(failing) && failures.get().getAndDecrement() > 0) {
        throw new IllegalStateException("an attempt fails on purpose");
      }
    }
  }
}
