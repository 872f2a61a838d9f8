package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jobs that are ended from outside. */
class CancelTest {
  private static final int EACH = 5_000;
  private static final long SMALL_BYTES = 10_000;

  /** Every task sends much and then waits at {@code gate}. */
  private static StagePlan blocking(Gate gate) {
    Operator<Integer> sendThenWait =
        context -> {
          Output<Integer> out = context.output(0);
          return number -> {
            out.emit(number);
            if (number % EACH == EACH - 1) {
              gate.pass();
            }
          };
        };
    Program program = new Program();
    Port waits = program.operator("wait", sendThenWait, program.numbers("n", 6, EACH));
    program.collect("out", program.routeByRemainder("route", 4, waits));
    return program.plan();
  }

  private static TestBed smallBed() {
    return new TestBed(new LocalExecutor("test", 2), SMALL_BYTES, Clock.system());
  }

  private static void assertUsable(TestBed bed) throws Exception {
    Program program = new Program();
    Node out = program.collect("out", program.numbers("n", 3, 5));
    assertEquals(
        IntStream.range(0, 15).boxed().toList(), Program.collected(bed.run(program.plan()), out));
  }

  @Test
  void cancelFreesThreadsMemoryAndFiles() throws Exception {
    Gate gate = new Gate();
    try (TestBed bed = smallBed()) {
      RunningJob job = bed.start(blocking(gate), JobOptions.DEFAULTS, TestBed.NO_TASK_LISTENER);
      gate.awaitArrivals(2);
      assertTrue(bed.hasSpilled());
      job.job().cancel();
      job.failure(JobCancelledException.class);
      assertUsable(bed);
    }
  }

  @Test
  void interruptingTheDrivingThreadCancels() throws Exception {
    Gate gate = new Gate();
    try (TestBed bed = smallBed()) {
      RunningJob job = bed.start(blocking(gate), JobOptions.DEFAULTS, TestBed.NO_TASK_LISTENER);
      gate.awaitArrivals(2);
      job.driver().interrupt();
      job.failure(InterruptedException.class);
      assertUsable(bed);
    }
  }

  @Test
  void aListenerThatThrowsEndsTheJobAndItsTasks() throws Exception {
    Gate gate = new Gate();
    try (TestBed bed = smallBed()) {
      StagePlan plan = blocking(gate);
      Job job =
          bed.job(
              plan,
              JobOptions.DEFAULTS,
              event -> {
                throw new IllegalStateException("a listener");
              });
      assertThrows(IllegalStateException.class, job::run);
      bed.assertNothingLeft();
      assertUsable(bed);
    }
  }

  @Test
  void closingTheEnvironmentEndsTheJob() throws Exception {
    Gate gate = new Gate();
    try (TestBed bed = smallBed()) {
      RunningJob job = bed.start(blocking(gate), JobOptions.DEFAULTS, TestBed.NO_TASK_LISTENER);
      gate.awaitArrivals(2);
      bed.environment().executor().close();
      job.failure(RuntimeException.class);
    }
  }

  @Test
  void closingTheExecutorLeavesTheCallersThreadAsItIs() throws Exception {
    Gate gate = new Gate();
    try (TestBed bed = smallBed()) {
      RunningJob job = bed.start(blocking(gate), JobOptions.DEFAULTS, TestBed.NO_TASK_LISTENER);
      gate.awaitArrivals(2);
      ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
      Thread caller = Thread.currentThread();
      ClassLoader before = caller.getContextClassLoader();
      caller.setContextClassLoader(loader);
      caller.interrupt();
      bed.environment().executor().close();
      assertTrue(Thread.interrupted());
      assertSame(loader, caller.getContextClassLoader());
      caller.setContextClassLoader(before);
      job.failure(RuntimeException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.exec.Backend#all")
  void cancelBeforeTheStartRunsNothing(Backend backend) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Program program = new Program();
    program.map("count", n -> calls.incrementAndGet(), program.numbers("n", 3, 5));
    try (TestBed bed = backend.open()) {
      Job job = bed.job(program.plan(), JobOptions.DEFAULTS);
      job.cancel();
      assertThrows(JobCancelledException.class, job::run);
      bed.assertNothingLeft();
    }
    assertEquals(0, calls.get());
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.exec.Backend#all")
  void aTaskMayCancelItsOwnJob(Backend backend) throws Exception {
    AtomicReference<Job> job = new AtomicReference<>();
    Program program = new Program();
    Port cancelling =
        program.map(
            "cancel",
            (Integer n) -> {
              if (n == 1_000) {
                job.get().cancel();
              }
              return n;
            },
            program.numbers("n", 4, 1_000));
    program.collect("out", program.routeByRemainder("route", 2, cancelling));
    try (TestBed bed = backend.open(SMALL_BYTES)) {
      job.set(bed.job(program.plan(), JobOptions.DEFAULTS));
      assertThrows(JobCancelledException.class, job.get()::run);
      bed.assertNothingLeft();
      assertUsable(bed);
    }
  }
}
