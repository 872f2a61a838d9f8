package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.event.EngineEvent.TaskFailed;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Source;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks that fail, and are tried again until they may not be any more. */
class RetryTest {
  private static final String BACKENDS = "dev.sluice.engine.exec.Backend#all";

  /** Passes numbers on, but throws {@code thrown} at the last of task 2 in early attempts. */
  private static Operator<Integer> failing(int attempts, Exception thrown) {
    return context -> {
      Output<Integer> out = context.output(0);
      return number -> {
        out.emit(number);
        if (number == 11 && context.scope().attempt() <= attempts) {
          throw thrown;
        }
      };
    };
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void runsOnlyTheFailedTaskAgainAndCountsItOnce(Backend backend) throws Exception {
    ConcurrentMap<Integer, AtomicInteger> calls = new ConcurrentHashMap<>();
    TaskLog tasks = new TaskLog();
    Program program = new Program();
    Port counted =
        program.map(
            "count",
            (Integer n) -> {
              calls.computeIfAbsent(n, k -> new AtomicInteger()).incrementAndGet();
              return n;
            },
            program.numbers("n", 5, 4));
    Port passed = program.operator("fail", failing(2, new IOException("twice")), counted);
    Node direct = program.collect("direct", passed);
    Node moved = program.collect("moved", program.routeByRemainder("route", 1, passed));
    try (TestBed bed = backend.open()) {
      JobResult result = bed.start(program.plan(), JobOptions.DEFAULTS, tasks, tasks).result();
      List<Integer> all = IntStream.range(0, 20).boxed().toList();
      assertEquals(all, Program.collected(result, direct));
      assertEquals(all, Program.collected(result, moved));
    }
    calls.forEach((n, count) -> assertEquals(n / 4 == 2 ? 3 : 1, count.get(), "number " + n));
    assertEquals(List.of("2/1", "2/2"), tasks.discarded());
    // The splitting of the source, its tasks, and the one behind the route.
    assertEquals(1 + 5 + 1, tasks.succeeded().size());
    assertEquals(1 + 5 + 2 + 1, tasks.submitted().size());
    assertTrue(tasks.succeeded().contains("2/3"), tasks.succeeded().toString());
    assertEquals(1, Collections.frequency(tasks.succeeded(), "2/3"));
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void failsTheJobWhenATaskHasFailedAsOftenAsItMay(Backend backend) throws Exception {
    IOException thrown = new IOException("always");
    TaskLog tasks = new TaskLog();
    Program program = new Program();
    Port passed = program.operator("Bad/Step", failing(99, thrown), program.numbers("n", 3, 4));
    program.collect("moved", program.routeByRemainder("route", 1, passed));
    try (TestBed bed = backend.open()) {
      JobFailedException failure =
          bed.start(program.plan(), JobOptions.DEFAULTS.withMaxTaskAttempts(3), tasks, tasks)
              .failure(JobFailedException.class);
      assertEquals("Bad/Step", failure.operator());
      assertSame(thrown, failure.userCause());
      assertTrue(failure.getMessage().contains("Bad/Step"), failure.getMessage());
    }
    List<TaskFailed> failures = tasks.events(TaskFailed.class);
    assertEquals(List.of(1, 2, 3), failures.stream().map(TaskFailed::attempt).toList());
    assertEquals(List.of(true, true, false), failures.stream().map(TaskFailed::willRetry).toList());
    assertEquals(List.of(2, 2, 2), failures.stream().map(TaskFailed::task).toList());
    assertEquals(List.of(), tasks.succeeded().stream().filter(n -> n.startsWith("2")).toList());
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void triesATaskAgainWhoseOpenOrCloseFailed(Backend backend) throws Exception {
    Operator<Integer> fragile =
        context -> {
          int attempt = context.scope().attempt();
          if (attempt == 1) {
            throw new IOException("open");
          }
          Output<Integer> out = context.output(0);
          return new Processor<>() {
            @Override
            public void process(Integer number) {
              out.emit(number);
            }

            @Override
            public void close() throws IOException {
              if (attempt == 2) {
                throw new IOException("close");
              }
            }
          };
        };
    Program program = new Program();
    Port passed = program.operator("fragile", fragile, program.numbers("n", 2, 3));
    Node out = program.collect("out", program.routeByRemainder("route", 1, passed));
    try (TestBed bed = backend.open()) {
      assertEquals(List.of(0, 1, 2, 3, 4, 5), Program.collected(bed.run(program.plan()), out));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void namesTheOperatorThatFailedAlthoughOthersWrapIt(Backend backend) throws Exception {
    IOException thrown = new IOException("inner");
    Operator<Integer> wrapping =
        context -> {
          Output<Integer> out = context.output(0);
          return number -> {
            try {
              out.emit(number);
            } catch (RuntimeException e) {
              throw new IllegalStateException("outer", e);
            }
          };
        };
    Program program = new Program();
    Port wrapped = program.operator("wrapping", wrapping, program.numbers("n", 3, 4));
    program.operator("inner", failing(99, thrown), wrapped);
    try (TestBed bed = backend.open()) {
      JobFailedException failure = bed.fail(program.plan(), JobOptions.DEFAULTS);
      assertEquals("inner", failure.operator());
      assertSame(thrown, failure.userCause());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void namesTheSourceThatCannotBeReadOrSplit(Backend backend) throws Exception {
    IOException thrown = new IOException("unreadable");
    Source<Integer> unreadable =
        (parallelism, scope) ->
            List.of(
                (output, s) -> {
                  throw thrown;
                });
    Source<Integer> notSplit =
        (parallelism, scope) -> {
          throw thrown;
        };
    for (Source<Integer> source : List.of(unreadable, notSplit)) {
      Program program = new Program();
      Port numbers = program.builder().source("broken", source, Program.VALUES);
      program.collect("out", numbers, program.numbers("n", 3, 4));
      try (TestBed bed = backend.open()) {
        JobFailedException failure = bed.fail(program.plan(), JobOptions.DEFAULTS);
        assertEquals("broken", failure.operator());
        assertSame(thrown, failure.userCause());
        assertNull(failure.userCause().getCause());
      }
    }
  }
}
