package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes out of windows in event time, whatever clock and watermark do. */
class ClockJumpsTest {
  private static final int COUNT = 200;
  private static final long HOUR_MS = 3_600_000;
  private static final long WINDOW = 50;

  private final Program program = new Program();

  /** What the clock does after some record. */
  private enum Behaviour {
    GOES,
    JUMPS_FORWARD,
    STANDS_STILL,
    IS_SET_BACK,
    DOES_ALL_OF_IT;

    long stepMs(int record, Random random) {
      return switch (this) {
        case GOES -> StreamBed.BATCH_MS;
        case JUMPS_FORWARD -> record % 40 == 20 ? HOUR_MS : StreamBed.BATCH_MS;
        case STANDS_STILL -> 0;
        case IS_SET_BACK -> record % 40 == 20 ? -HOUR_MS : StreamBed.BATCH_MS;
        case DOES_ALL_OF_IT -> values()[random.nextInt(4)].stepMs(record, random);
      };
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  private RunningStream start(StreamBed bed, Feed feed) {
    Port parsed =
        program.map("parse", (String s) -> Streams.one(s), Streams.received(program, "in", feed));
    Port sums =
        program.operator(
            "sums", new WindowSums(WINDOW, false), Streams.byKey(program, "by key", parsed));
    Streams.sink(program, "out", sums);
    return bed.start(program.plan()).untilStarted(feed);
  }

  /** How many records there were of each key and window. */
  private static Map<String, Long> counts(StreamBed bed) {
    Map<String, Long> counts = new TreeMap<>();
    for (Object element : bed.log.all("out")) {
      KeyValue sum = (KeyValue) element;
      List<?> value = (List<?>) sum.value();
      Long twice = counts.put(sum.key() + " " + value.get(0), (Long) value.get(1));
      assertEquals(null, twice, () -> "twice: " + sum);
    }
    return counts;
  }

  private static void count(Map<String, Long> counts, String key, long time) {
    counts.merge(key + " " + WindowSums.lastOf(time, WINDOW), 1L, Long::sum);
  }

  @ParameterizedTest
  @EnumSource(Behaviour.class)
  void theClockHasNoSayInWhatComesOut(Behaviour behaviour) throws Exception {
    Random random = new Random(1);
    Map<String, Long> expected = new TreeMap<>();
    Feed feed = new Feed();
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = start(bed, feed);
      for (int i = 0; i < COUNT; i++) {
        String key = "key" + random.nextInt(5);
        // Out of order, but never behind the watermark.
        long time = (long) i + random.nextInt(30);
        count(expected, key, time);
        if (random.nextBoolean()) {
          feed.store(key + " " + time);
        } else {
          feed.store(List.of(key + " " + time), i, i);
        }
        bed.clock.advance(behaviour.stepMs(i, random));
      }
      feed.end();
      stream.end();
      assertEquals(expected, counts(bed));
      assertEquals(List.of(), bed.log.all("sums"), "late");
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aReceiverWhoseWatermarkGoesBackTakesNoPromiseBack(long seed) throws Exception {
    Random random = new Random(seed);
    Map<String, Long> expected = new TreeMap<>();
    List<Object> late = new ArrayList<>();
    long promised = Long.MIN_VALUE;
    Feed feed = new Feed();
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = start(bed, feed);
      for (int i = 0; i < COUNT / 4; i++) {
        String key = "key" + random.nextInt(2);
        long time = random.nextInt(2_000);
        if (WindowSums.lastOf(time, WINDOW) < promised) {
          late.add(Streams.one(key + " " + time));
        } else {
          count(expected, key, time);
        }
        long watermark = random.nextInt(20 * i + 1);
        promised = Math.max(promised, watermark);
        feed.store(List.of(key + " " + time), i, watermark);
        // Each record in a batch of its own.
        int batches = i + 1;
        stream.until("batch " + i, () -> feed.committed.size() == batches);
        bed.clock.advance(StreamBed.BATCH_MS);
      }
      feed.end();
      stream.end();
      assertEquals(expected, counts(bed));
      assertEquals(late, bed.log.all("sums"));
    }
  }
}
