package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.Backend;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.receiver.ReceiverOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches that take longer than their interval. Operators move the clock. */
class SlowBatchesTest {
  private final Program program = new Program();

  private static StreamOptions options(int maxBatchRecords, int queuedBlocks) {
    return StreamBed.OPTIONS
        .withMaxBatchRecords(maxBatchRecords)
        .withReceivers(ReceiverOptions.DEFAULTS.withQueuedBlocks(queuedBlocks));
  }

  /** A record of {@link Lines} with more behind it. */
  private static final String PADDING = "x".repeat(20_000);

  @ParameterizedTest
  @ValueSource(longs = {Backend.LARGE_BYTES, 100_000})
  void aSlowSinkHoldsTheReceiverUpAndNothingPilesUp(long memoryBytes) throws Exception {
    int queuedBlocks = 5;
    int inBatch = 4;
    int ahead = queuedBlocks + inBatch;
    long sinkMs = 1_000;
    Lines lines = new Lines(PADDING, 600);
    AtomicInteger furthest = new AtomicInteger();
    Port moved =
        program.exchange(
            "move",
            new Exchange.Routed<String>(
                (scope, n) -> record -> 0, Program.unchecked(Program.VALUES), 1),
            Streams.received(program, "in", lines));
    try (StreamBed bed = StreamBed.threads(2, memoryBytes)) {
      Port slow =
          program.map(
              "slow",
              (String record) -> {
                bed.clock.advance(sinkMs);
                int number = Integer.parseInt(record.substring(PADDING.length()));
                // It is faster, as far as it may.
                lines.awaitStored(Math.min(number + queuedBlocks, lines.records.size()));
                furthest.accumulateAndGet(lines.stored() - number, Math::max);
                return number;
              },
              moved);
      Streams.sink(program, "out", slow);
      long startMs = bed.clock.nowMs();
      bed.start(program.plan(), options(inBatch, queuedBlocks)).end();
      assertEquals(IntStream.range(0, 600).boxed().toList(), bed.log.all("out"));
      assertTrue(bed.clock.nowMs() - startMs >= 600 * sinkMs, "ten minutes");
      assertTrue(furthest.get() <= ahead, furthest + " blocks ahead");
      // Of a block two bytes for each in memory, and the same once more in the exchange.
      long most = 4L * PADDING.length() * (ahead + 1);
      long bytes = bed.memory().peakBytes();
      assertTrue(bytes <= most, bytes + " bytes in memory");
      long onDisk = bed.files().peakBytes();
      assertTrue(onDisk <= most, onDisk + " bytes in files");
      assertEquals(memoryBytes < most, onDisk > 0);
    }
  }

  /** Starts a stream whose first record takes ten intervals, in each of which two more come. */
  private RunningStream startSlow(StreamBed bed, Feed feed, StreamOptions options) {
    Port in =
        program.map(
            "slow",
            (String record) -> {
              if (record.equals("slow")) {
                for (int i = 0; i < 10; i++) {
                  bed.clock.advance(StreamBed.BATCH_MS);
                  feed.store(List.of("a " + i), "a" + i, 0);
                  feed.store(List.of("b " + i), "b" + i, 0);
                }
              }
              return record;
            },
            Streams.received(program, "in", feed));
    Streams.sink(program, "out", in);
    RunningStream stream = bed.start(program.plan(), options).untilStarted(feed);
    feed.store(List.of("slow"));
    return stream;
  }

  /** In which interval, counted from that of the first, each batch was planned. */
  private static List<Long> starts(RunningStream stream) {
    List<Ledger.Entry> entries = stream.stream.ledger().entries();
    long firstMs = entries.get(0).plannedMs();
    return entries.stream()
        .map(entry -> (entry.plannedMs() - firstMs) / StreamBed.BATCH_MS)
        .toList();
  }

  private static List<String> backlog(int from, int to) {
    List<String> backlog = new ArrayList<>();
    for (int i = from; i < to; i++) {
      backlog.add("a " + i);
      backlog.add("b " + i);
    }
    return backlog;
  }

  @Test
  void theBatchAfterALongOneTakesTheBacklogAndNoTicksAreMadeUpFor() throws Exception {
    Feed feed = new Feed();
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = startSlow(bed, feed, options(1_000, 100));
      stream.untilFinalized(2);
      feed.store(List.of("after"));
      stream.untilIdle();
      assertEquals(2, stream.stream.ledger().entries().size());
      bed.clock.advance(StreamBed.BATCH_MS);
      stream.untilFinalized(3);
      // The long one took ten intervals; from its end on they have their length again.
      assertEquals(List.of(0L, 10L, 11L), starts(stream));
      feed.end();
      stream.end();
      assertEquals(
          List.of(List.of("slow"), backlog(0, 10), List.of("after")),
          List.copyOf(bed.log.byBatch("out").values()));
    }
  }

  @Test
  void aBacklogThatIsLargerThanABatchIsTakenBatchByBatchAtTheUsualPace() throws Exception {
    Feed feed = new Feed();
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = startSlow(bed, feed, options(8, 100));
      stream.untilFinalized(2);
      stream.untilIdle();
      assertEquals(2, stream.stream.ledger().entries().size());
      bed.clock.advance(StreamBed.BATCH_MS);
      stream.untilFinalized(3);
      bed.clock.advance(StreamBed.BATCH_MS);
      stream.untilFinalized(4);
      assertEquals(List.of(0L, 10L, 11L, 12L), starts(stream));
      feed.end();
      stream.end();
      assertEquals(
          List.of(List.of("slow"), backlog(0, 4), backlog(4, 8), backlog(8, 10)),
          List.copyOf(bed.log.byBatch("out").values()));
    }
  }
}
