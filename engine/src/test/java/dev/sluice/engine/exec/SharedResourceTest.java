package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.time.Clock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the tasks of an operator share. */
class SharedResourceTest {
  private static final int TASKS = 4;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final CyclicBarrier together = new CyclicBarrier(TASKS);

  private TestBed bed() {
    return new TestBed(new LocalExecutor("test", TASKS), Backend.LARGE_BYTES, Clock.system());
  }

  /** Something that notes when it is opened and closed. */
  private AutoCloseable opened(String name) {
    log.add("open " + name);
    return () -> log.add("close " + name);
  }

  private AutoCloseable shared(OperatorContext context, String key) throws Exception {
    return context.shared(key, () -> opened(context.name() + " " + key));
  }

  /** All tasks ask at once; those of a broken one fail. */
  private Operator<Integer> sharing(boolean broken) {
    return context -> {
      together.await(RunningJob.LIMIT_S, TimeUnit.SECONDS);
      AutoCloseable first = shared(context, "first");
      assertSame(first, shared(context, "first"));
      shared(context, "second");
      return new Processor<>() {
        @Override
        public void process(Integer number) {
          if (broken) {
            throw new IllegalStateException("broken");
          }
        }

        @Override
        public void close() {
          log.add("end of task");
        }
      };
    };
  }

  private static Program program(Operator<Integer> operator) {
    Program program = new Program();
    program.operator("A", operator, program.numbers("n", TASKS, 2));
    return program;
  }

  private void assertOpenedAndClosedOnce() {
    assertEquals(List.of("open A first", "open A second"), log.subList(0, 2));
    List<String> end = log.subList(log.size() - 2, log.size());
    assertEquals(List.of("close A first", "close A second"), end.stream().sorted().toList());
    assertEquals(
        4, log.stream().filter(entry -> !entry.equals("end of task")).count(), log.toString());
  }

  @Test
  void isOpenedOnceAndClosedWithTheJob() throws Exception {
    try (TestBed bed = bed()) {
      bed.run(program(sharing(false)).plan());
    }
    assertOpenedAndClosedOnce();
  }

  @Test
  void isClosedWithAJobThatFails() throws Exception {
    try (TestBed bed = bed()) {
      bed.fail(program(sharing(true)).plan(), JobOptions.DEFAULTS.withMaxTaskAttempts(1));
    }
    assertOpenedAndClosedOnce();
  }

  @Test
  void isClosedWithAJobThatIsCancelled() throws Exception {
    Gate gate = new Gate();
    Operator<Integer> waiting =
        context -> {
          shared(context, "first");
          shared(context, "second");
          return number -> gate.pass();
        };
    try (TestBed bed = bed()) {
      RunningJob job = bed.start(program(waiting).plan());
      gate.awaitArrivals(TASKS);
      job.job().cancel();
      job.failure(JobCancelledException.class);
    }
    assertOpenedAndClosedOnce();
  }

  @Test
  void belongsToOneOperatorOfOneJob() throws Exception {
    Operator<Integer> sharing =
        context -> {
          shared(context, "key");
          return number -> {};
        };
    Program program = program(sharing);
    program.operator("B", sharing, program.numbers("m", 2, 1));
    try (TestBed bed = Backend.seeded(1).open()) {
      bed.run(program.plan());
      bed.run(program.plan());
    }
    assertEquals(
        List.of("close A key", "close B key", "open A key", "open B key"),
        log.stream().distinct().sorted().toList());
    assertEquals(8, log.size());
  }

  @Test
  void isOpenedByTheNextAttemptIfThatFailed() throws Exception {
    AtomicInteger opens = new AtomicInteger();
    Operator<Integer> sharing =
        context -> {
          context.shared(
              "key",
              () -> {
                if (opens.incrementAndGet() == 1) {
                  throw new IOException("first");
                }
                return opened("key");
              });
          return number -> {};
        };
    try (TestBed bed = bed()) {
      bed.run(program(sharing).plan());
    }
    assertEquals(2, opens.get());
    assertEquals(List.of("open key", "close key"), log);
  }

  @Test
  void failsTheJobIfItCannotBeClosed() throws Exception {
    IOException thrown = new IOException("close");
    Operator<Integer> sharing =
        context -> {
          shared(context, "good");
          context.<AutoCloseable>shared(
              "bad",
              () ->
                  () -> {
                    throw thrown;
                  });
          return number -> {};
        };
    try (TestBed bed = bed()) {
      JobFailedException failure = bed.fail(program(sharing).plan(), JobOptions.DEFAULTS);
      assertEquals("A", failure.operator());
      assertSame(thrown, failure.userCause());
    }
    assertTrue(log.contains("close A good"), log.toString());
  }
}
