package dev.sluice.engine.stream;

import static dev.sluice.engine.stream.StreamBed.at;
import static dev.sluice.engine.stream.StreamBed.collect;
import static dev.sluice.engine.stream.StreamBed.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.batch.BatchState;
import dev.sluice.engine.batch.Ledger;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.receiver.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts, stops, and the errors that a user gets. */
@Timeout(120)
class LifeCycleTest {
  private static List<List<Integer>> numbers(int batches) {
    return IntStream.rangeClosed(1, batches).mapToObj(List::of).toList();
  }

  @Test
  void reportsAllThatIsWrongAtTheStartAndCloses() {
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(numbers(1));
      DStream<Integer> slow = in.window(seconds(4), seconds(2));
      slow.window(seconds(3), seconds(2));
      slow.window(seconds(4), seconds(5));
      in.union(slow);
      in.map(n -> n).name("twice");
      in.map(n -> n).name("twice");
      bed.context.textFileStream(Path.of("no such folder"));
      StreamGraphException e = assertThrows(StreamGraphException.class, bed::start);
      for (String part :
          List.of(
              "no output operation",
              "3000 ms, which is no multiple of 2000 ms",
              "5000 ms, which is no multiple of 2000 ms",
              "1000 ms",
              "twice",
              "no such folder")) {
        assertTrue(e.getMessage().contains(part), e.getMessage());
      }
      assertEquals(StreamState.CLOSED, bed.context.state());
      assertThrows(IllegalStateException.class, bed::start);
    }
  }

  @Test
  void cannotBeChangedAfterTheStart() {
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(numbers(1));
      collect(in);
      bed.start();
      for (Runnable change :
          List.<Runnable>of(
              () -> bed.input(numbers(1)),
              () -> in.map(n -> n),
              () -> collect(in),
              () -> in.cache(),
              () -> bed.context.remember(seconds(2)))) {
        IllegalStateException e = assertThrows(IllegalStateException.class, change::run);
        assertTrue(e.getMessage().contains("before start()"), e.getMessage());
      }
    }
  }

  @Test
  void ignoresASecondStart() {
    try (StreamBed bed = new StreamBed()) {
      Map<Long, List<Integer>> seen = collect(bed.input(numbers(2)));
      bed.start();
      bed.start();
      bed.batches(2);
      assertEquals(Map.of(1L, List.of(1), 2L, List.of(2)), seen);
      assertEquals(1, bed.seen(StreamEvent.StreamingStarted.class).size());
    }
  }

  @Test
  void goesOnAfterAStopWithItsStates() throws Exception {
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(numbers(6));
      Map<Long, List<Pair<Boolean, Integer>>> sums =
          collect(
              in.keyBy(n -> true)
                  .updateStateByKey(
                      (values, before) ->
                          Optional.of(before.orElse(0) + values.stream().mapToInt(n -> n).sum())));
      Map<Long, List<Integer>> windows =
          collect(in.reduceByWindow(Integer::sum, (a, b) -> a - b, seconds(2), seconds(1)));
      bed.start();
      bed.batches(3);
      bed.context.stop();
      assertEquals(StreamState.STOPPED, bed.context.state());
      bed.context.awaitTermination();
      bed.clock.advance(10 * StreamBed.BATCH_MS);
      bed.start();
      bed.batches(2);
      assertEquals(List.of(Pair.of(true, 6)), sums.get(3L));
      assertEquals(List.of(Pair.of(true, 15)), sums.get(15L));
      assertEquals(List.of(5), windows.get(3L));
      assertEquals(List.of(4), windows.get(14L));
      assertEquals(List.of(9), windows.get(15L));
    }
  }

  @Test
  void runsLateBatchesInOrderAlsoAfterAStop() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(numbers(5));
      in.foreachRDD((rdd, timeMs) -> first.await());
      Map<Long, List<Integer>> seen = collect(in);
      bed.start();
      bed.clock.advance(5 * StreamBed.BATCH_MS);
      Wait.until("planned", () -> bed.seen(StreamEvent.BatchPlanned.class).size() == 5);
      assertEquals(
          List.of(
              BatchState.RUNNING,
              BatchState.PLANNED,
              BatchState.PLANNED,
              BatchState.PLANNED,
              BatchState.PLANNED),
          bed.context.ledger().entries().stream().map(Ledger.Entry::state).toList());
      Thread stopping = new Thread(bed.context::stop);
      stopping.start();
      Wait.until("stopping", () -> bed.context.state() == StreamState.STOPPING);
      assertThrows(IllegalStateException.class, bed::start);
      assertFalse(bed.context.awaitTermination(Duration.ofMillis(1)));
      first.countDown();
      stopping.join();
      assertEquals(Map.of(1L, List.of(1)), seen);
      bed.start();
      Wait.until("all", () -> bed.completed() == 5);
      assertEquals(List.of(1L, 2L, 3L, 4L, 5L), List.copyOf(seen.keySet()));
      assertEquals(List.of(5), seen.get(5L));
      assertTrue(
          bed.context.ledger().entries().stream()
              .allMatch(entry -> entry.state() == BatchState.FINALIZED));
      List<StreamEvent.BatchStarted> started = bed.seen(StreamEvent.BatchStarted.class);
      assertEquals(
          IntStream.rangeClosed(1, 5).mapToObj(StreamBed::at).toList(),
          started.stream().map(StreamEvent.BatchStarted::batchMs).toList());
      assertEquals(4 * StreamBed.BATCH_MS, started.get(1).delayMs() + StreamBed.BATCH_MS);
    }
  }

  @Test
  void failsWithTheBatchThatFailed() throws Exception {
    IllegalArgumentException cause = new IllegalArgumentException("no");
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(numbers(3));
      Map<Long, List<Integer>> before = collect(in);
      in.foreachRDD(
          "refuse",
          (rdd, timeMs) -> {
            if (timeMs == at(2)) {
              throw cause;
            }
          });
      Map<Long, List<Integer>> after = collect(in);
      bed.start();
      bed.clock.advance(3 * StreamBed.BATCH_MS);
      BatchFailedException e =
          assertThrows(BatchFailedException.class, bed.context::awaitTermination);
      assertSame(cause, e.getCause());
      assertEquals(at(2), e.batchMs());
      assertTrue(e.operation().startsWith("refuse"), e.operation());
      assertEquals(StreamState.FAILED, bed.context.state());
      assertEquals(
          BatchState.RUNNING,
          bed.context.ledger().entries().get(1).state(),
          "a failed batch is not finalized");
      assertEquals(2, before.size());
      assertEquals(1, after.size());
      Wait.until("told", () -> !bed.seen(StreamEvent.StreamingStopped.class).isEmpty());
      assertEquals(1, bed.seen(StreamEvent.BatchFailed.class).size());
      bed.context.stop();
      IllegalStateException again = assertThrows(IllegalStateException.class, bed::start);
      assertTrue(again.getMessage().contains("make a new one"), again.getMessage());
    }
  }

  @Test
  void runsOutputsInTheOrderOfTheirDefinitionAndSaysSo() {
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(numbers(2));
      List<String> order = new CopyOnWriteArrayList<>();
      in.map(n -> n).foreachRDD("c", (rdd, timeMs) -> order.add("c"));
      in.foreachRDD("a", (rdd, timeMs) -> order.add("a"));
      in.window(seconds(2), seconds(2)).foreachRDD("b", (rdd, timeMs) -> order.add("b"));
      bed.start();
      bed.batches(2);
      assertEquals(List.of("c", "a", "c", "a", "b"), order);
      assertEquals(
          List.of("c@0", "a@1", "c@0", "a@1", "b@2"),
          bed.seen(StreamEvent.OutputCompleted.class).stream()
              .map(StreamEvent.OutputCompleted::name)
              .toList());
    }
  }

  @Test
  void canBeStoppedByABatch() throws Exception {
    try (StreamBed bed = new StreamBed()) {
      Map<Long, List<Integer>> seen = collect(bed.input(numbers(3)));
      bed.input(numbers(1)).foreachRDD((rdd, timeMs) -> bed.context.stop());
      bed.start();
      bed.clock.advance(3 * StreamBed.BATCH_MS);
      bed.context.awaitTermination();
      assertEquals(Map.of(1L, List.of(1)), seen);
    }
  }

  @Test
  void closesWhileABatchWaits() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch waits = new CountDownLatch(1);
    try (StreamBed bed = new StreamBed()) {
      bed.input(numbers(1))
          .foreachRDD(
              (rdd, timeMs) -> {
                waits.countDown();
                never.await();
              });
      bed.start();
      bed.clock.advance(StreamBed.BATCH_MS);
      waits.await();
      bed.context.close();
      assertEquals(StreamState.CLOSED, bed.context.state());
      bed.context.awaitTermination();
    }
  }

  @Test
  void doesNotMixWithAnotherContext() {
    try (StreamBed one = new StreamBed();
        StreamBed two = new StreamBed()) {
      Map<Long, List<Integer>> first = collect(one.input(numbers(3)).map(n -> n));
      Map<Long, List<Integer>> second = collect(two.input(numbers(2)).map(n -> -n));
      one.start();
      two.start();
      one.batches(1);
      two.batches(2);
      one.batches(2);
      assertEquals(Map.of(1L, List.of(1), 2L, List.of(2), 3L, List.of(3)), first);
      assertEquals(Map.of(1L, List.of(-1), 2L, List.of(-2)), second);
    }
  }

  @Test
  void refusesOptionsThatAreWrongAllAtOnce() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new StreamingContext(new StreamingOptions(Duration.ZERO).maxQueuedBatches(0)));
    assertTrue(e.getMessage().contains("batchDuration"), e.getMessage());
    assertTrue(e.getMessage().contains("maxQueuedBatches"), e.getMessage());
  }
}
