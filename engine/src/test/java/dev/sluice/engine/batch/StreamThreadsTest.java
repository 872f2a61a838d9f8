package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.event.EngineEvent.BatchCompleted;
import dev.sluice.engine.event.EngineEvent.BatchFailed;
import dev.sluice.engine.event.EngineEvent.BatchPlanned;
import dev.sluice.engine.event.EngineEvent.BatchStarted;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.Resource;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.TaskScope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Who calls what: the thread that owns the ledger calls nothing of the user's. */
class StreamThreadsTest {
  private static final Map<String, Thread> CALLED = new ConcurrentHashMap<>();

  private final Program program = new Program();

  /** Notes who asks for its splits. */
  private record Noting() implements Source<Object> {
    @Override
    public List<Split<Object>> splits(int parallelism, TaskScope scope) {
      CALLED.put("splits", Thread.currentThread());
      return List.of((output, s) -> output.emit("read"));
    }
  }

  @Test
  void userCodeRunsOnOtherThreads() throws Exception {
    CALLED.clear();
    Port in = program.builder().source("in", new Noting(), Program.VALUES);
    Resource<AutoCloseable> resource = () -> () -> CALLED.put("close", Thread.currentThread());
    Operator<Object> operator =
        context -> {
          context.shared("resource", resource);
          return element -> CALLED.put("process", Thread.currentThread());
        };
    program.operator("op", operator, in);
    try (StreamBed bed = StreamBed.threads(2)) {
      bed.run(program.plan());
    }
    assertEquals(List.of("close", "process", "splits"), CALLED.keySet().stream().sorted().toList());
    assertFalse(CALLED.containsValue(Thread.currentThread()));
    assertFalse(CALLED.get("splits").isAlive());
  }

  @Test
  void listenersAreToldOfEachBatchInOrder() throws Exception {
    Streams.sink(
        program,
        "out",
        Streams.script(program, "in", Streams.elements("a", "b"), Streams.elements("c")));
    try (StreamBed bed = StreamBed.threads(2)) {
      int batches = bed.run(program.plan()).size();
      List<Long> numbers = bed.log.events(BatchPlanned.class).stream().map(e -> e.batch()).toList();
      assertEquals(batches, numbers.size());
      assertEquals(
          numbers, bed.log.events(BatchStarted.class).stream().map(e -> e.batch()).toList());
      assertEquals(
          numbers, bed.log.events(BatchCompleted.class).stream().map(e -> e.batch()).toList());
      assertEquals(
          3, bed.log.events(BatchPlanned.class).stream().mapToLong(e -> e.records()).sum());
    }
  }

  @Test
  void listenersAreToldOfTheBatchThatFails() throws Exception {
    Port in = Streams.script(program, "in", Streams.elements("good"), Streams.elements("bad"));
    Operator<String> picky =
        context ->
            element -> {
              if (element.equals("bad")) {
                throw new IllegalArgumentException("not this one");
              }
            };
    program.operator("picky", picky, in);
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = bed.start(program.plan());
      assertEquals("picky", stream.failure(JobFailedException.class).operator());
      long last =
          bed.log.events(BatchPlanned.class).stream().mapToLong(e -> e.batch()).max().orElseThrow();
      assertEquals(
          List.of(last), bed.log.events(BatchFailed.class).stream().map(e -> e.batch()).toList());
      assertTrue(bed.log.events(BatchCompleted.class).stream().noneMatch(e -> e.batch() == last));
    }
  }
}
