package dev.sluice.engine.batch;

import static dev.sluice.engine.batch.Streams.elements;
import static dev.sluice.engine.batch.Streams.script;
import static dev.sluice.engine.batch.Streams.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.event.EngineEvent.BatchCompleted;
import dev.sluice.engine.event.EngineEvent.BatchStarted;
import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.Source;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How streams end, and what their ledgers say. */
class StreamEndTest {
  private final Program program = new Program();

  private static List<BatchState> states(StreamJob stream) {
    return stream.ledger().entries().stream().map(Ledger.Entry::state).toList();
  }

  /** An operator that says it is there and waits until it is interrupted. */
  private static Operator<Object> blocking(CountDownLatch there) {
    return context ->
        element -> {
          there.countDown();
          assertTrue(new CountDownLatch(1).await(RunningStream.LIMIT_S, TimeUnit.SECONDS));
        };
  }

  @Test
  void aPlanWithoutSourcesEndsWithoutABatch() throws Exception {
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      assertEquals(List.of(), bed.run(program.plan()));
    }
  }

  @Test
  void finiteSourcesAreReadOnceInOneBatch() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    Port counted = program.map("count", n -> reads.incrementAndGet(), program.numbers("n", 3, 4));
    Port delayed = program.map("times", (Integer n) -> (long) n, program.numbers("times", 2, 2));
    Streams.sink(program, "out", counted);
    Streams.sink(program, "delayed", program.operator("delay", new Delay(), delayed));
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      List<Ledger.Entry> batches = bed.run(program.plan());
      assertEquals(1, batches.size());
      assertEquals(BatchState.FINALIZED, batches.get(0).state());
      assertEquals(12, bed.log.all("out").size());
      assertEquals(List.of(0L, 1L, 2L, 3L), bed.log.all("delayed").stream().sorted().toList());
    }
    assertEquals(12, reads.get());
  }

  @Test
  void cancelWhileATaskRunsEndsItAndReleasesEverything() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    Feed feed = new Feed();
    Port in = program.builder().source("in", Feed.source(feed), Program.VALUES);
    program.operator("block", blocking(there), in);
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = bed.start(program.plan());
      stream.until("the receiver has started", feed::isStarted);
      feed.store(List.of("a"), "m", 0);
      assertTrue(there.await(RunningStream.LIMIT_S, TimeUnit.SECONDS));
      assertEquals(List.of(BatchState.RUNNING), states(stream.stream));
      stream.stream.cancel();
      stream.failure(JobCancelledException.class);
      assertEquals(List.of(BatchState.RUNNING), states(stream.stream));
      assertEquals(List.of(), feed.committed);
    }
  }

  @Test
  void cancelWhileIdleEndsTheStream() throws Exception {
    Feed feed = new Feed();
    Streams.sink(program, "out", program.builder().source("in", Feed.source(feed), Program.VALUES));
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = bed.start(program.plan());
      stream.until("the receiver has started", feed::isStarted);
      feed.store(List.of("a"));
      stream.untilFinalized(1);
      stream.untilIdle();
      // It waits for the time of its next batch.
      feed.store(List.of("b"));
      stream.stream.cancel();
      stream.failure(JobCancelledException.class);
      assertEquals(List.of("a"), bed.log.all("out"));
    }
  }

  @Test
  void cancelBeforeTheStartRunsNothing() throws Exception {
    Streams.sink(program, "out", script(program, "in", elements("a")));
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      StreamJob stream = bed.stream(program.plan());
      stream.cancel();
      assertThrows(JobCancelledException.class, stream::run);
      assertEquals(List.of(), stream.ledger().entries());
    }
  }

  @Test
  void interruptingTheDrivingThreadCancels() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    program.operator("block", blocking(there), script(program, "in", elements("a")));
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = bed.start(program.plan());
      assertTrue(there.await(RunningStream.LIMIT_S, TimeUnit.SECONDS));
      stream.interrupt();
      stream.failure(InterruptedException.class);
    }
  }

  @Test
  void drainingAScriptLeavesOutWhatHasNotHappened() throws Exception {
    AtomicReference<StreamJob> stream = new AtomicReference<>();
    Port in =
        program.map(
            "drain",
            element -> {
              stream.get().drain();
              return element;
            },
            script(program, "in", elements(5L), elements(6L), watermark(3)));
    Streams.sink(program, "out", program.operator("delay", new Delay(), in));
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      stream.set(bed.stream(program.plan()));
      stream.get().run();
      assertEquals(Map.of(2L, List.of(5L)), bed.log.byBatch("out"));
    }
  }

  @Test
  void aSourceThatCannotBeSplitFailsTheStreamUnderItsName() throws Exception {
    IOException thrown = new IOException("unreadable");
    Source<Object> broken =
        (parallelism, scope) -> {
          throw thrown;
        };
    Streams.sink(program, "out", program.builder().source("broken", broken, Program.VALUES));
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      StreamJob stream = bed.stream(program.plan());
      JobFailedException failure = assertThrows(JobFailedException.class, stream::run);
      assertEquals("broken", failure.operator());
      assertEquals(thrown, failure.userCause());
    }
  }

  @Test
  void whatTasksShareIsClosedWithTheStream() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    Operator<Object> sharing =
        context -> {
          AutoCloseable shared =
              context.shared(
                  "resource",
                  () -> {
                    opened.incrementAndGet();
                    return closed::incrementAndGet;
                  });
          return element -> assertEquals(0, closed.get(), () -> shared + " is closed");
        };
    program.operator("share", sharing, script(program, "in", elements("a"), elements("b")));
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      bed.run(program.plan());
    }
    assertEquals(1, opened.get());
    assertEquals(1, closed.get());
  }

  @Test
  void everyBatchIsFinalizedInOrder() throws Exception {
    Script.Event[] events =
        LongStream.range(0, 150).mapToObj(i -> elements(i)).toArray(Script.Event[]::new);
    Streams.sink(program, "out", script(program, "in", events));
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      List<Ledger.Entry> batches = bed.run(program.plan());
      // The last hundred are remembered, of 150 events with a beginning and an end.
      assertEquals(
          LongStream.range(52, 152).boxed().toList(),
          batches.stream().map(Ledger.Entry::number).toList());
      batches.forEach(batch -> assertEquals(BatchState.FINALIZED, batch.state()));
      assertEquals(152, bed.log.events(BatchStarted.class).size());
      assertEquals(
          bed.log.events(BatchStarted.class).stream().map(BatchStarted::batch).toList(),
          bed.log.events(BatchCompleted.class).stream().map(BatchCompleted::batch).toList());
    }
  }
}
