package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.time.ManualClock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Elements that an operator leaves for a later task. */
class DeferredTest {
  private static final String BACKENDS = "dev.sluice.engine.exec.Backend#all";
  private static final long DELAY_MS = 500;
  private static final int DONE = 100;

  /** How far the clock moves at once: little, against the delay, while the driver looks away. */
  private static final long STEP_MS = 10;

  private final List<Integer> seenBefore = new CopyOnWriteArrayList<>();

  /** Passes on what is at least {@link #DONE}, leaves other numbers for later, larger by that. */
  private static Operator<Integer> deferring(long delayMs) {
    return context -> {
      Output<Integer> out = context.output(0);
      return number -> {
        if (number >= DONE) {
          out.emit(number);
        } else {
          context.defer(number + DONE, delayMs);
        }
      };
    };
  }

  /** What stands before the operator that defers. */
  private Port noted(Program program, int tasks) {
    return program.map(
        "note",
        (Integer n) -> {
          seenBefore.add(n);
          return n;
        },
        program.numbers("n", tasks, 3));
  }

  private static List<Integer> sorted(List<Integer> numbers) {
    return numbers.stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void comeBackToTheOperatorAloneAndTheirOutputCounts(Backend backend) throws Exception {
    Program program = new Program();
    Port deferring = program.operator("defer", deferring(0), noted(program, 3));
    Node direct = program.collect("direct", deferring);
    Node routed = program.collect("routed", program.routeByRemainder("route", 2, deferring));
    Node pinned = program.collect("pinned", program.pin("pin", deferring));
    try (TestBed bed = backend.open()) {
      JobResult result = bed.run(program.plan());
      List<Integer> expected = IntStream.range(DONE, DONE + 9).boxed().toList();
      assertEquals(expected, sorted(Program.collected(result, direct)));
      assertEquals(expected, sorted(Program.collected(result, routed)));
      assertEquals(expected, sorted(Program.collected(result, pinned)));
    }
    assertEquals(IntStream.range(0, 9).boxed().toList(), sorted(seenBefore));
  }

  @Test
  void waitForTheirTimeAndHoldBackTheNextStage() throws Exception {
    ManualClock clock = new ManualClock(1_000);
    List<Long> times = new CopyOnWriteArrayList<>();
    TaskLog log = new TaskLog();
    Program program = new Program();
    Port deferring = program.operator("defer", deferring(DELAY_MS), noted(program, 2));
    Port timed =
        program.map(
            "time",
            (Integer n) -> {
              times.add(clock.nowMs());
              return n;
            },
            program.routeByRemainder("route", 1, deferring));
    Node out = program.collect("out", timed);
    try (TestBed bed = TestBed.threads(2, clock)) {
      RunningJob job = bed.start(program.plan(), JobOptions.DEFAULTS, log);
      while (!job.endsWithin(10)) {
        clock.advance(STEP_MS);
      }
      assertEquals(6, Program.collected(job.result(), out).size());
    }
    assertTrue(times.stream().allMatch(t -> t >= 1_000 + DELAY_MS), times.toString());
    // One further task for all that a task has left for the same time.
    assertEquals(1 + 2 + 2 + 1, log.succeeded().size());
  }

  @Test
  void mayBeLeftAgainAndAgain() throws Exception {
    ManualClock clock = new ManualClock(1_000);
    List<Long> times = new CopyOnWriteArrayList<>();
    Operator<Integer> threeRounds =
        context -> {
          Output<Integer> out = context.output(0);
          return round -> {
            times.add(clock.nowMs());
            if (round < 3) {
              context.defer(round + 1, DELAY_MS);
            }
            out.emit(round);
          };
        };
    Program program = new Program();
    Port numbers = program.source("n", List.of(List.of(0)));
    Node out = program.collect("out", program.operator("rounds", threeRounds, numbers));
    try (TestBed bed = TestBed.threads(1, clock)) {
      RunningJob job = bed.start(program.plan(), JobOptions.DEFAULTS, new TaskLog());
      while (!job.endsWithin(10)) {
        clock.advance(STEP_MS);
      }
      assertEquals(List.of(0, 1, 2, 3), Program.collected(job.result(), out));
    }
    for (int round = 1; round <= 3; round++) {
      assertTrue(times.get(round) - times.get(round - 1) >= DELAY_MS, times.toString());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void areForgottenWithAFailedAttempt(Backend backend) throws Exception {
    Operator<Integer> deferThenFail =
        context -> {
          Output<Integer> out = context.output(0);
          boolean first = context.scope().attempt() == 1;
          return number -> {
            if (first && number < DONE) {
              context.defer(number + DONE, 0);
            } else {
              out.emit(number);
            }
            if (first && number % 3 == 2) {
              throw new IOException("first");
            }
          };
        };
    Program program = new Program();
    Port numbers = program.numbers("n", 3, 3);
    Node out = program.collect("out", program.operator("defer", deferThenFail, numbers));
    try (TestBed bed = backend.open()) {
      assertEquals(
          IntStream.range(0, 9).boxed().toList(), Program.collected(bed.run(program.plan()), out));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void areTriedAgainAsOtherTasksAre(Backend backend) throws Exception {
    Operator<Integer> failingLater =
        context -> {
          Output<Integer> out = context.output(0);
          return number -> {
            if (number < DONE) {
              context.defer(number + DONE, 0);
              return;
            }
            out.emit(number);
            if (context.scope().attempt() == 1) {
              throw new IOException("first");
            }
          };
        };
    Program program = new Program();
    Port deferring = program.operator("defer", failingLater, program.numbers("n", 3, 3));
    Node out = program.collect("out", program.routeByRemainder("route", 1, deferring));
    try (TestBed bed = backend.open()) {
      assertEquals(
          IntStream.range(DONE, DONE + 9).boxed().toList(),
          sorted(Program.collected(bed.run(program.plan()), out)));
    }
  }
}
