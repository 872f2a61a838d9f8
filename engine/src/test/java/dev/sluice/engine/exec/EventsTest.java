package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.event.EngineEvent.StageCompleted;
import dev.sluice.engine.event.EngineEvent.StageStarted;
import dev.sluice.engine.event.EngineEvent.TaskFailed;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.time.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What listeners are told, and when. */
class EventsTest {
  private static final String BACKENDS = "dev.sluice.engine.exec.Backend#all";

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void tellOfStagesInTheOrderInWhichTheyRun(Backend backend) throws Exception {
    TaskLog log = new TaskLog();
    Program program = new Program();
    Port mapped = program.map("map", n -> n, program.numbers("n", 4, 5));
    program.collect("out", program.pin("pin", program.routeByRemainder("route", 2, mapped)));
    try (TestBed bed = backend.open()) {
      bed.run(program.plan(), JobOptions.DEFAULTS, log);
    }
    List<EngineEvent> events = log.events();
    assertEquals(
        List.of(
            new StageStarted(0, "n … map", 4),
            new StageStarted(1, "route", 2),
            new StageStarted(2, "pin … out", 2)),
        log.events(StageStarted.class));
    assertEquals(
        List.of("0: 20", "1: 20", "2: 20"),
        log.events(StageCompleted.class).stream()
            .map(e -> e.stage() + ": " + e.records())
            .toList());
    assertEquals(
        List.of(true, false, true, false, true, false),
        events.stream().map(StageStarted.class::isInstance).toList());
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void tellOfAFailureBetweenTheStagesStartAndEnd(Backend backend) throws Exception {
    IOException thrown = new IOException("once");
    TaskLog log = new TaskLog();
    Operator<Integer> failing =
        context ->
            number -> {
              if (number == 7 && context.scope().attempt() == 1) {
                throw thrown;
              }
            };
    Program program = new Program();
    program.operator("fail", failing, program.numbers("n", 4, 3));
    try (TestBed bed = backend.open()) {
      bed.run(program.plan(), JobOptions.DEFAULTS, log);
    }
    assertEquals(
        List.of(StageStarted.class, TaskFailed.class, StageCompleted.class),
        log.events().stream().map(Object::getClass).toList());
    TaskFailed failure = log.events(TaskFailed.class).get(0);
    assertEquals(new TaskFailed(0, 2, 1, true, failure.cause()), failure);
    assertSame(thrown, failure.cause().getCause());
    // Records of an attempt that failed do not count.
    assertEquals(12, log.events(StageCompleted.class).get(0).records());
  }

  @Test
  void areToldToEachListenerInTurn() throws Exception {
    List<String> told = new ArrayList<>();
    Program program = new Program();
    program.collect("out", program.numbers("n", 1, 3));
    try (TestBed bed = Backend.seeded(1).open()) {
      bed.run(
          program.plan(),
          JobOptions.DEFAULTS,
          event -> told.add("first " + event.getClass().getSimpleName()),
          event -> told.add("second " + event.getClass().getSimpleName()));
    }
    assertEquals(
        Stream.of("StageStarted", "StageCompleted")
            .flatMap(event -> Stream.of("first " + event, "second " + event))
            .toList(),
        told);
  }

  @Test
  void giveTheTimeOfTheEnvironmentsClock() throws Exception {
    ManualClock clock = new ManualClock(1_000);
    TaskLog log = new TaskLog();
    Program program = new Program();
    program.map(
        "advance",
        n -> {
          clock.advance(7);
          return n;
        },
        program.numbers("n", 2, 5));
    try (TestBed bed = TestBed.threads(2, clock)) {
      bed.run(program.plan(), JobOptions.DEFAULTS, log);
    }
    assertEquals(
        List.of(new StageCompleted(0, "n … advance", 10, 70)), log.events(StageCompleted.class));
  }
}
