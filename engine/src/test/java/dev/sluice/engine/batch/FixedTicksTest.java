package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.Program;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A batch each tick, whatever comes. */
class FixedTicksTest {
  private static final StreamOptions FIXED = StreamBed.OPTIONS.withFixedTicks(true);

  private final Program program = new Program();
  private final Feed feed = new Feed();

  private RunningStream start(StreamBed bed) {
    Streams.sink(program, "out", program.builder().source("in", Feed.source(feed), Program.VALUES));
    RunningStream stream = bed.start(program.plan(), FIXED);
    stream.untilFinalized(1);
    return stream;
  }

  @Test
  void aTickWithoutDataIsABatch() throws Exception {
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = start(bed);
      for (int batches = 2; batches <= 5; batches++) {
        bed.clock.advance(StreamBed.BATCH_MS);
        stream.untilFinalized(batches);
      }
      stream.untilIdle();
      assertEquals(5, stream.stream.ledger().entries().size());
      feed.end();
      bed.clock.advance(StreamBed.BATCH_MS);
      stream.end();
    }
  }

  @Test
  void dataWaitsForTheTick() throws Exception {
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = start(bed);
      bed.clock.advance(StreamBed.BATCH_MS - 1);
      feed.store(List.of("a"));
      stream.untilIdle();
      assertEquals(1, stream.stream.ledger().entries().size());
      bed.clock.advance(1);
      stream.untilFinalized(2);
      assertEquals(Map.of(1L, List.of("a")), bed.log.byBatch("out"));
      feed.end();
      bed.clock.advance(StreamBed.BATCH_MS);
      stream.end();
    }
  }

  @Test
  void ticksThatWereMissedAreMadeUpForAndTheGridStays() throws Exception {
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = start(bed);
      bed.clock.advance(4 * StreamBed.BATCH_MS + 3);
      stream.untilFinalized(5);
      bed.clock.advance(StreamBed.BATCH_MS - 4);
      stream.untilIdle();
      assertEquals(5, stream.stream.ledger().entries().size());
      bed.clock.advance(1);
      stream.untilFinalized(6);
      feed.end();
      bed.clock.advance(StreamBed.BATCH_MS);
      stream.end();
      assertTrue(bed.log.all("out").isEmpty());
    }
  }
}
