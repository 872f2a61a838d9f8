package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.event.EngineEvent.StageStarted;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Partitions to which nothing was sent. */
class EmptyPartitionsTest {
  private static final String BACKENDS = "dev.sluice.engine.exec.Backend#all";

  /** What each task behind a route to 8 partitions got; to 3 and 5 if {@code anything}. */
  private static Node routed(Program program, boolean anything) {
    Port some = program.map("some", (Integer n) -> n % 2 == 0 ? 3 : 5, program.numbers("n", 2, 4));
    Operator<Integer> dropping = context -> context.output(0)::emit;
    Operator<Integer> nothing = context -> number -> {};
    Port kept = program.operator("keep", anything ? dropping : nothing, some);
    return program.collect("out", program.routeByRemainder("route", 8, kept));
  }

  private static List<Integer> tasks(TaskLog log) {
    return log.events(StageStarted.class).stream().map(StageStarted::tasks).toList();
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void haveTasksUnlessTheyAreToBeSkipped(Backend backend) throws Exception {
    Program program = new Program();
    Node out = routed(program, true);
    TaskLog log = new TaskLog();
    try (TestBed bed = backend.open()) {
      assertEquals(
          List.of(
              List.of(),
              List.of(),
              List.of(),
              List.of(3, 3, 3, 3),
              List.of(),
              List.of(5, 5, 5, 5),
              List.of(),
              List.of()),
          bed.run(program.plan(), JobOptions.DEFAULTS, log).of(out));
      assertEquals(List.of(2, 8), tasks(log));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void haveNoTasksIfTheyAreToBeSkipped(Backend backend) throws Exception {
    Program program = new Program();
    Node out = routed(program, true);
    TaskLog log = new TaskLog();
    try (TestBed bed = backend.open()) {
      assertEquals(
          List.of(List.of(3, 3, 3, 3), List.of(5, 5, 5, 5)),
          bed.run(program.plan(), JobOptions.DEFAULTS.withSkipEmptyPartitions(true), log).of(out));
      assertEquals(List.of(2, 2), tasks(log));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void aStageWithoutTasksEndsAtOnceAndLetsOthersRun(Backend backend) throws Exception {
    Program program = new Program();
    Node out = routed(program, false);
    Port behind = program.routeByRemainder("again", 2, program.source("none", List.of()));
    Port view = program.map("view", n -> n, behind);
    Operator<Integer> counting =
        context -> {
          Output<Integer> result = context.output(0);
          Iterable<Object> all = context.broadcast(0);
          return number -> result.emit(all.iterator().hasNext() ? 1 : 0);
        };
    Port counted =
        program
            .builder()
            .port(
                program
                    .builder()
                    .operator(
                        "count",
                        counting,
                        List.of(program.numbers("n2", 1, 1)),
                        List.of(program.broadcast("all", view))),
                0,
                Program.VALUES);
    Node counts = program.collect("counts", counted);
    try (TestBed bed = backend.open()) {
      JobResult result = bed.run(program.plan(), JobOptions.DEFAULTS.withSkipEmptyPartitions(true));
      assertEquals(List.of(), result.of(out));
      assertEquals(List.of(List.of(0)), result.of(counts));
    }
  }
}
