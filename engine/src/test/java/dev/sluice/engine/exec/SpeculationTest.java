package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.event.EngineEvent.TaskFailed;
import dev.sluice.engine.event.EngineEvent.TaskSpeculated;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.time.ManualClock;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Second attempts of slow tasks. */
class SpeculationTest {
  private static final JobOptions OPTIONS =
      JobOptions.DEFAULTS.withSpeculation(JobOptions.Speculation.ON);
  private static final List<Integer> ALL = IntStream.range(0, 16).boxed().toList();

  private final ManualClock clock = new ManualClock(1_000);
  private final Gate gate = new Gate();
  private final TaskLog log = new TaskLog();

  /** What an attempt does with the last number of task 0. */
  private interface Trouble {
    void with(int attempt) throws Exception;
  }

  private static Operator<Integer> troubled(Trouble trouble) {
    return context -> {
      Output<Integer> out = context.output(0);
      return number -> {
        out.emit(number);
        if (number == 3) {
          trouble.with(context.scope().attempt());
        }
      };
    };
  }

  private RunningJob untilTaskZeroIsSlow(TestBed bed, Program program) throws Exception {
    return untilTaskZeroIsSlow(bed, program, OPTIONS, 1);
  }

  /** Runs until {@code before} tasks and the three other ones have succeeded; lets time pass. */
  private RunningJob untilTaskZeroIsSlow(
      TestBed bed, Program program, JobOptions options, int before) throws Exception {
    RunningJob job = bed.start(program.plan(), options, log, log);
    gate.awaitArrivals(1);
    log.awaitSuccesses(before + 3);
    clock.advance(options.speculation().minMs() + 1);
    return job;
  }

  @Test
  void takesTheSecondAttemptAndCancelsTheFirst() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Program program = new Program();
    Port slow =
        program.operator(
            "slow",
            troubled(
                attempt -> {
                  if (attempt == 1) {
                    assertThrows(InterruptedException.class, gate::pass);
                    interrupted.countDown();
                  }
                }),
            program.numbers("n", 4, 4));
    Node direct = program.collect("direct", slow);
    Node moved = program.collect("moved", program.routeByRemainder("route", 1, slow));
    try (TestBed bed = TestBed.threads(4, clock)) {
      JobResult result = untilTaskZeroIsSlow(bed, program).result();
      assertEquals(ALL, Program.collected(result, direct));
      assertEquals(ALL, Program.collected(result, moved));
    }
    assertTrue(interrupted.await(RunningJob.LIMIT_S, TimeUnit.SECONDS));
    assertEquals(List.of("0/1"), log.discarded());
    assertTrue(log.succeeded().contains("0/2"), log.succeeded().toString());
    assertEquals(List.of(new TaskSpeculated(0, 0, 2)), log.events(TaskSpeculated.class));
    assertEquals(List.of(), log.events(TaskFailed.class));
  }

  @Test
  void dropsTheOutputOfAFirstAttemptThatComesSecond() throws Exception {
    Program program = new Program();
    Port slow =
        program.operator(
            "slow",
            troubled(
                attempt -> {
                  if (attempt == 1) {
                    gate.passDeafly();
                  }
                }),
            program.numbers("n", 4, 4));
    Node direct = program.collect("direct", slow);
    Node moved = program.collect("moved", program.routeByRemainder("route", 1, slow));
    try (TestBed bed = TestBed.threads(4, clock)) {
      RunningJob job = untilTaskZeroIsSlow(bed, program);
      // Task 0's second attempt, then the task behind the route.
      log.awaitSuccesses(2);
      gate.open();
      JobResult result = job.result();
      assertEquals(ALL, Program.collected(result, direct));
      assertEquals(ALL, Program.collected(result, moved));
    }
    assertEquals(List.of("0/1"), log.discarded());
  }

  @Test
  void takesTheFirstAttemptIfItIsFirst() throws Exception {
    Gate second = new Gate();
    Program program = new Program();
    Port slow =
        program.operator(
            "slow",
            troubled(attempt -> (attempt == 1 ? gate : second).pass()),
            program.numbers("n", 4, 4));
    Node out = program.collect("out", program.routeByRemainder("route", 1, slow));
    try (TestBed bed = TestBed.threads(4, clock)) {
      RunningJob job = untilTaskZeroIsSlow(bed, program);
      second.awaitArrivals(1);
      gate.open();
      assertEquals(ALL, Program.collected(job.result(), out));
    }
    assertEquals(List.of("0/2"), log.discarded());
  }

  @Test
  void numbersTheSecondAttemptAsItIsNumbered() throws Exception {
    Program program = new Program();
    Port slow =
        program.operator(
            "slow",
            troubled(
                attempt -> {
                  if (attempt == 1) {
                    throw new IOException("first");
                  } else if (attempt == 2) {
                    gate.pass();
                  }
                }),
            program.numbers("n", 4, 4));
    Node out = program.collect("out", slow);
    try (TestBed bed = TestBed.threads(4, clock)) {
      assertEquals(ALL, Program.collected(untilTaskZeroIsSlow(bed, program).result(), out));
    }
    assertTrue(log.succeeded().contains("0/3"), log.succeeded().toString());
    assertEquals(List.of(new TaskSpeculated(0, 0, 3)), log.events(TaskSpeculated.class));
  }

  @Test
  void goesOnIfTheSecondAttemptFails() throws Exception {
    JobOptions once = OPTIONS.withMaxTaskAttempts(1);
    Program program = new Program();
    Port slow =
        program.operator(
            "slow",
            troubled(
                attempt -> {
                  if (attempt == 1) {
                    gate.pass();
                  } else {
                    throw new IOException("second");
                  }
                }),
            program.numbers("n", 4, 4));
    Node out = program.collect("out", slow);
    try (TestBed bed = TestBed.threads(4, clock)) {
      RunningJob job = untilTaskZeroIsSlow(bed, program, once, 1);
      while (log.events(TaskFailed.class).isEmpty()) {
        log.sees(TaskFailed.class);
      }
      gate.open();
      assertEquals(ALL, Program.collected(job.result(), out));
    }
    assertEquals(List.of(new TaskSpeculated(0, 0, 2)), log.events(TaskSpeculated.class));
    assertTrue(log.events(TaskFailed.class).get(0).willRetry());
  }

  @Test
  void givesEachAttemptObjectsOfItsOwn() throws Exception {
    Set<KeyValue> ofTaskZero = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<KeyValue> seen = Collections.synchronizedSet(ofTaskZero);
    Program program = new Program();
    Port objects =
        program.map("object", (Integer n) -> new KeyValue(n, n), program.numbers("n", 4, 4));
    Node out =
        program.collect(
            "out",
            program.operator(
                "slow",
                context -> {
                  Output<Object> output = context.output(0);
                  return (KeyValue object) -> {
                    output.emit(object.key());
                    if (context.scope().partition() == 0) {
                      seen.add(object);
                    }
                    if (object.key().equals(3) && context.scope().attempt() == 1) {
                      gate.pass();
                    }
                  };
                },
                program.pin("pin", objects)));
    try (TestBed bed = TestBed.threads(4, clock)) {
      RunningJob job = untilTaskZeroIsSlow(bed, program, OPTIONS, 1 + 4);
      assertEquals(ALL, Program.collected(job.result(), out));
    }
    assertEquals(4 + 4, seen.size());
  }
}
