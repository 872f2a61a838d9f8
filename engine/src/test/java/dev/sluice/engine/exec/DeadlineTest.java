package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.event.EngineEvent.TaskFailed;
import dev.sluice.engine.event.EngineEvent.TaskStuck;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.time.ManualClock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Attempts that take too long, or do nothing for long. */
class DeadlineTest {
  private static final long LIMIT_MS = 100;

  private final ManualClock clock = new ManualClock(1_000);
  private final Gate gate = new Gate();
  private final TaskLog log = new TaskLog();

  /** Waits at the gate with number 5, in the first {@code attempts} attempts. */
  private Operator<Integer> waiting(int attempts) {
    return context -> {
      Output<Integer> out = context.output(0);
      return number -> {
        if (number == 5 && context.scope().attempt() <= attempts) {
          gate.pass();
        }
        out.emit(number);
      };
    };
  }

  private static JobOptions deadline(int maxTaskAttempts) {
    return JobOptions.DEFAULTS.withMaxTaskAttempts(maxTaskAttempts).withTimeLimits(0, LIMIT_MS);
  }

  @Test
  void failsTheJobIfEachAttemptPassesTheDeadline() throws Exception {
    Program program = new Program();
    program.collect("out", program.operator("slow", waiting(99), program.numbers("n", 2, 4)));
    try (TestBed bed = TestBed.threads(2, clock)) {
      RunningJob job = bed.start(program.plan(), deadline(3), log, log);
      for (int attempt = 1; attempt <= 3; attempt++) {
        gate.awaitArrivals(1);
        clock.advance(LIMIT_MS + 1);
      }
      JobFailedException failure = job.failure(JobFailedException.class);
      assertInstanceOf(TaskDeadlineException.class, failure.getCause());
      assertNull(failure.operator());
      assertTrue(failure.getMessage().contains("100 ms"), failure.getMessage());
      assertTrue(failure.getMessage().contains("n … out"), failure.getMessage());
      OperatorException where =
          assertInstanceOf(OperatorException.class, failure.getCause().getCause());
      assertEquals("slow", where.operator());
      assertInstanceOf(InterruptedException.class, where.getCause());
    }
    assertEquals(
        List.of(1, 2, 3), log.events(TaskFailed.class).stream().map(TaskFailed::attempt).toList());
  }

  @Test
  void triesAgainAfterTheDeadline() throws Exception {
    Program program = new Program();
    Node out =
        program.collect("out", program.operator("slow", waiting(1), program.numbers("n", 2, 4)));
    try (TestBed bed = TestBed.threads(2, clock)) {
      RunningJob job = bed.start(program.plan(), deadline(4), log, log);
      gate.awaitArrivals(1);
      clock.advance(LIMIT_MS + 1);
      assertEquals(IntStream.range(0, 8).boxed().toList(), Program.collected(job.result(), out));
    }
    List<TaskFailed> failures = log.events(TaskFailed.class);
    assertEquals(1, failures.size());
    assertInstanceOf(TaskDeadlineException.class, failures.get(0).cause());
  }

  @Test
  void reportsAnAttemptThatTakesNoRecordsOnceWithItsStack() throws Exception {
    Program program = new Program();
    Node out =
        program.collect("out", program.operator("slow", waiting(1), program.numbers("n", 2, 4)));
    JobOptions options = JobOptions.DEFAULTS.withTimeLimits(LIMIT_MS, 0);
    try (TestBed bed = TestBed.threads(2, clock)) {
      RunningJob job = bed.start(program.plan(), options, log, log);
      gate.awaitArrivals(1);
      // The idle time counts from when the attempt was first looked at.
      while (!log.sees(TaskStuck.class)) {
        clock.advance(LIMIT_MS + 1);
      }
      gate.open();
      assertEquals(8, Program.collected(job.result(), out).size());
    }
    List<TaskStuck> stuck = log.events(TaskStuck.class);
    assertEquals(1, stuck.size());
    TaskStuck report = stuck.get(0);
    assertEquals(1, report.task());
    assertEquals(1, report.attempt());
    assertEquals("n … out", report.name());
    assertTrue(report.idleMs() > LIMIT_MS, "idle for " + report.idleMs());
    assertTrue(report.stack().startsWith("test-worker-"), report.stack());
    assertTrue(report.stack().contains(Gate.class.getName() + ".pass"), report.stack());
    assertEquals(List.of(), log.events(TaskFailed.class));
  }
}
