package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.receiver.ReceiverEvent;
import dev.sluice.engine.receiver.ReceiverOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams whose records come from receivers. */
class ReceiverStreamTest {
  private final Program program = new Program();

  private Port received(String name, Feed... feeds) {
    return program.builder().source(name, Feed.source(feeds), Program.VALUES);
  }

  private RunningStream start(StreamBed bed, Feed... feeds) {
    RunningStream stream = bed.start(program.plan());
    for (Feed feed : feeds) {
      stream.until("the receiver has started", feed::isStarted);
    }
    return stream;
  }

  private static void awaitSeen(RunningStream stream, StreamBed bed, int count) {
    stream.until(count + " records", () -> bed.log.all("out").size() >= count);
  }

  @Test
  void recordsComeInOrderAndOnce() throws Exception {
    Feed feed = new Feed();
    Streams.sink(program, "out", received("in", feed));
    List<String> stored = new ArrayList<>();
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = start(bed, feed);
      for (int i = 0; i < 200; i++) {
        String record = "record " + i;
        stored.add(record);
        if (i % 3 == 0) {
          feed.store(List.of(record), i, i);
        } else {
          feed.store(record);
        }
        bed.clock.advance(i % 7);
      }
      feed.end();
      stream.end();
      assertEquals(stored, bed.log.all("out"));
    }
  }

  @Test
  void aBatchComesAtThePaceOfItsDuration() throws Exception {
    Feed feed = new Feed();
    Streams.sink(program, "out", received("in", feed));
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = start(bed, feed);
      feed.store(List.of("a"));
      stream.untilFinalized(1);
      bed.clock.advance(StreamBed.BATCH_MS - 1);
      feed.store(List.of("b"));
      feed.store(List.of("c"));
      stream.untilIdle();
      assertEquals(1, stream.stream.ledger().entries().size());
      bed.clock.advance(1);
      stream.untilFinalized(2);
      assertEquals(List.of("b", "c"), bed.log.byBatch("out").get(1L));
      stream.stream.drain();
      stream.end();
    }
  }

  @Test
  void aClockThatIsSetBackDoesNotHoldTheStreamUp() throws Exception {
    Feed feed = new Feed();
    Streams.sink(program, "out", received("in", feed));
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = start(bed, feed);
      feed.store(List.of("a"));
      stream.untilFinalized(1);
      bed.clock.advance(-1_000_000_000_000L);
      feed.store(List.of("b"));
      stream.until(
          "the second batch",
          () -> {
            bed.clock.advance(1);
            return bed.log.all("out").size() == 2;
          });
      feed.end();
      stream.end();
      assertEquals(List.of("a", "b"), bed.log.all("out"));
    }
  }

  @Test
  void marksComeBackBehindTheirBatchInOrderEachOnce() throws Exception {
    AtomicReference<StreamBed> bedOf = new AtomicReference<>();
    List<String> tooEarly = new CopyOnWriteArrayList<>();
    Feed feed =
        new Feed(
            mark -> {
              if (!bedOf.get().log.all("out").contains("record " + mark)) {
                tooEarly.add("mark " + mark);
              }
            });
    Streams.sink(program, "out", received("in", feed));
    try (StreamBed bed = StreamBed.threads(2)) {
      bedOf.set(bed);
      RunningStream stream = start(bed, feed);
      for (int i = 0; i < 50; i++) {
        feed.store(List.of("record " + i), i, i);
        bed.clock.advance(StreamBed.BATCH_MS);
        if (i % 5 == 0) {
          awaitSeen(stream, bed, i + 1);
        }
      }
      feed.end();
      stream.end();
    }
    List<Integer> marks = feed.committed.stream().map(Integer.class::cast).toList();
    assertEquals(marks.stream().sorted().distinct().toList(), marks);
    assertEquals(49, marks.get(marks.size() - 1));
    // One for each batch; those that were waited for are batches of their own.
    assertTrue(marks.size() >= 10, marks.toString());
    assertEquals(List.of(), tooEarly);
  }

  @Test
  void aBatchThatFailsCommitsNoMarkAndReleasesItsBlocks() throws Exception {
    IOException thrown = new IOException("always");
    Feed feed = new Feed();
    program.operator(
        "Bad",
        context ->
            record -> {
              throw thrown;
            },
        received("in", feed));
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = start(bed, feed);
      feed.store(List.of("a"), 1, 1);
      JobFailedException failure = stream.failure(JobFailedException.class);
      assertEquals("Bad", failure.operator());
      assertSame(thrown, failure.userCause());
      assertEquals(List.of(), feed.committed);
    }
  }

  @Test
  void drainingLosesNothingAndEnds() throws Exception {
    Feed feed = new Feed();
    Feed other = new Feed();
    Port delayed =
        program.map("as time", (String s) -> Long.valueOf(s), received("in", feed, other));
    Streams.sink(program, "out", program.operator("delay", new Delay(), delayed));
    List<Object> stored = IntStream.range(0, 30).mapToObj(i -> (Object) (long) i).toList();
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = start(bed, feed, other);
      for (Object record : stored) {
        feed.store(String.valueOf(record));
      }
      other.store(List.of("100", "200"), "m", 0);
      stream.stream.drain();
      stream.end();
      List<Object> all = new ArrayList<>(stored);
      all.addAll(List.of(100L, 200L));
      // What waited for a later watermark comes, too: it is the end of time.
      assertEquals(all, bed.log.all("out").stream().sorted().toList());
      assertEquals(List.of("m"), other.committed);
      assertEquals(
          List.of(),
          bed.receiverEvents.stream().filter(ReceiverEvent.Failed.class::isInstance).toList());
    }
  }

  @Test
  void drainingBeforeAnythingCameEnds() throws Exception {
    Feed feed = new Feed();
    Streams.sink(program, "out", received("in", feed));
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = start(bed, feed);
      stream.stream.drain();
      stream.end();
      assertEquals(List.of(), bed.log.all("out"));
    }
  }

  @Test
  void aReceiverThatFailsForGoodFailsTheStreamUnderItsName() throws Exception {
    IOException thrown = new IOException("broker is gone");
    Feed feed = new Feed();
    Feed failing = new Feed();
    Streams.sink(program, "out", received("In/Good", feed), received("In/Bad", failing));
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = start(bed, feed, failing);
      failing.stop("no way on", thrown);
      JobFailedException failure = stream.failure(JobFailedException.class);
      assertEquals("In/Bad", failure.operator());
      assertSame(thrown, failure.userCause());
      // The other one was stopped with the stream.
      assertEquals(
          2, bed.receiverEvents.stream().filter(ReceiverEvent.Stopped.class::isInstance).count());
    }
  }

  @Test
  void recordsBeyondABatchStayForTheNext() throws Exception {
    Feed feed = new Feed();
    Streams.sink(program, "out", received("in", feed));
    StreamOptions two =
        StreamBed.OPTIONS
            .withMaxBatchRecords(2)
            .withReceivers(ReceiverOptions.DEFAULTS.withQueuedBlocks(100));
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = bed.start(program.plan(), two);
      stream.until("the receiver has started", feed::isStarted);
      feed.store(List.of("0"));
      stream.untilFinalized(1);
      feed.store(List.of("a"), 1, 10);
      feed.store(List.of("b", "c"), 2, 20);
      feed.store(List.of("d", "e", "f"), 3, 30);
      feed.store(List.of("g"), 4, 40);
      for (int batches = 2; batches <= 5; batches++) {
        bed.clock.advance(StreamBed.BATCH_MS);
        stream.untilFinalized(batches);
      }
      // Whole blocks, and at least one.
      assertEquals(
          List.of(
              List.of("0"), List.of("a"), List.of("b", "c"), List.of("d", "e", "f"), List.of("g")),
          List.copyOf(bed.log.byBatch("out").values()));
      feed.end();
      stream.end();
    }
    assertEquals(List.of(1, 2, 3, 4), feed.committed);
  }

  @Test
  void theWatermarkIsThatOfTheBlocksTakenAndTheLeastOfAllReceivers() throws Exception {
    Feed feed = new Feed();
    Feed other = new Feed();
    Port times = program.map("as time", (String s) -> Long.valueOf(s), received("in", feed, other));
    Port moved =
        program.exchange(
            "move",
            new Exchange.Routed<Long>((s, n) -> t -> 0, Program.unchecked(Program.VALUES), 1),
            times);
    Streams.sink(program, "out", program.operator("delay", new Delay(), moved));
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = start(bed, feed, other);
      feed.store(List.of("5", "15"), 1, 10);
      stream.untilFinalized(1);
      bed.clock.advance(StreamBed.BATCH_MS);
      other.watermark(6);
      awaitSeen(stream, bed, 1);
      assertEquals(List.of(5L), bed.log.all("out"));
      bed.clock.advance(StreamBed.BATCH_MS);
      other.end();
      feed.watermark(16);
      bed.clock.advance(StreamBed.BATCH_MS);
      awaitSeen(stream, bed, 2);
      assertEquals(List.of(5L, 15L), bed.log.all("out"));
      feed.end();
      stream.end();
    }
  }
}
