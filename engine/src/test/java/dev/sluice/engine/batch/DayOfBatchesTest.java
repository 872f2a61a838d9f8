package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.receiver.Receiver;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A stream that runs for a day, as its clock has it, and needs no more at its end than before. */
class DayOfBatchesTest {
  private static final int BATCH_MS = 2_000;
  private static final int HOURS = 24;
  private static final int HOURS_BEFORE = 6;
  private static final int BATCHES_AN_HOUR = 3_600_000 / BATCH_MS;
  private static final int BURST_EVERY = 300;
  private static final int BURST = 400;
  private static final int PARTITIONS = 2;
  private static final long WINDOW_MS = 60_000;
  private static final long MEMORY_BYTES = 64 << 10;
  private static final double MORE_HEAP = 1.25;
  private static final String PADDING = "x".repeat(200);

  private final Program program = new Program();
  private final Ticks ticks = new Ticks();
  private final AtomicIntegerArray keys = new AtomicIntegerArray(PARTITIONS);
  private final AtomicIntegerArray retained = new AtomicIntegerArray(PARTITIONS);
  private final AtomicLong summed = new AtomicLong();
  private long stored;

  /** Says when a mark comes back. */
  private static final class Ticks extends Receiver<String> {
    private final Semaphore committed = new Semaphore(0);

    @Override
    public void onStart() {}

    @Override
    public void onStop() {}

    @Override
    public void onCommitted(Object mark) {
      committed.release();
    }
  }

  /** What the engine has at a moment at which nothing runs. */
  private record Kept(int keys, int retained, int files, long memoryBytes, int ledgerEntries) {}

  private record Sample(Kept kept, int threads) {}

  /** A record's value is its time and a number; behind a window's time it is not asked for. */
  private record Recent() implements Exchange.Retention<KeyValue> {
    @Override
    public Object key(KeyValue record) {
      return record.key();
    }

    @Override
    public long expiresAt(KeyValue record) {
      return (Long) ((List<?>) record.value()).get(0) + WINDOW_MS;
    }
  }

  /** {@link WindowSums} of which it is known how much they keep. */
  private Operator<KeyValue> watchedSums() {
    Operator<KeyValue> sums = new WindowSums(WINDOW_MS, false);
    return context -> {
      Processor<KeyValue> processor = sums.open(context);
      return new Processor<>() {
        @Override
        public void process(KeyValue element) throws Exception {
          processor.process(element);
        }

        @Override
        public void advance(Progress now) throws Exception {
          processor.advance(now);
        }

        @Override
        public void close() {
          note(context);
        }
      };
    };
  }

  private void note(OperatorContext context) {
    int partition = context.scope().partition();
    keys.set(partition, context.state().keys().size());
    int records = 0;
    for (Object ignored : context.broadcast(0)) {
      records++;
    }
    retained.set(partition, records);
  }

  private void build() {
    Port parsed =
        program.map("parse", (String s) -> Streams.one(s), Streams.received(program, "day", ticks));
    ExchangeNode view =
        program
            .builder()
            .exchange(
                "recent",
                new Exchange.Broadcast<>(Program.<KeyValue>unchecked(Program.VALUES), new Recent()),
                List.of(parsed));
    Port byKey = Streams.byKey(program, "by key", PARTITIONS, parsed);
    Port sums =
        program
            .builder()
            .port(
                program.builder().operator("sums", watchedSums(), List.of(byKey), List.of(view)),
                0,
                Program.VALUES);
    program.map(
        "total", (KeyValue sum) -> summed.addAndGet((Long) ((List<?>) sum.value()).get(1)), sums);
  }

  /** A key that is always there and one that is new; now and then more than memory holds. */
  private static List<String> records(int batch, long now) {
    List<String> records = new ArrayList<>(List.of("all " + now, "key" + batch + " " + now));
    if (batch % BURST_EVERY == BURST_EVERY / 2) {
      for (int i = 0; i < BURST; i++) {
        records.add("burst " + now + " " + PADDING);
      }
    }
    return records;
  }

  private Sample sample(StreamBed bed, RunningStream stream, int batch) {
    stream.until(
        "batch " + batch + " is finalized",
        () -> {
          List<Ledger.Entry> entries = stream.stream.ledger().entries();
          Ledger.Entry last = entries.get(entries.size() - 1);
          return last.number() == batch && last.state() == BatchState.FINALIZED;
        });
    stream.untilIdle();
    Kept kept =
        new Kept(
            keys.get(0) + keys.get(1),
            retained.get(0),
            bed.fileCount(),
            bed.memory().usedBytes(),
            stream.stream.ledger().entries().size());
    return new Sample(kept, Thread.getAllStackTraces().size());
  }

  private static long heapBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /** Runs some hours; a sample at the end of each. */
  private List<Sample> run(int from, int to, StreamBed bed, RunningStream stream)
      throws InterruptedException {
    List<Sample> samples = new ArrayList<>();
    for (int batch = from * BATCHES_AN_HOUR; batch < to * BATCHES_AN_HOUR; batch++) {
      bed.clock.advance(BATCH_MS);
      long now = bed.clock.nowMs();
      List<String> records = records(batch, now);
      ticks.store(records, batch, now - 5_000);
      stored += records.size();
      assertTrue(
          ticks.committed.tryAcquire(RunningStream.LIMIT_S, TimeUnit.SECONDS),
          "batch " + batch + " of the day is not committed");
      if ((batch + 1) % BATCHES_AN_HOUR == 0) {
        samples.add(sample(bed, stream, batch));
      }
    }
    return samples;
  }

  private static int mostThreads(List<Sample> samples) {
    return samples.stream().mapToInt(Sample::threads).max().orElse(0);
  }

  @Test
  void nothingGrowsInTheCourseOfADay() throws Exception {
    build();
    StreamOptions options = StreamBed.OPTIONS.withBatchDurationMs(BATCH_MS);
    try (StreamBed bed = StreamBed.threads(2, MEMORY_BYTES)) {
      RunningStream stream = bed.startUnlogged(program.plan(), options).untilStarted(ticks);
      List<Sample> before = run(0, HOURS_BEFORE, bed, stream);
      long heapBefore = heapBytes();
      List<Sample> after = run(HOURS_BEFORE, HOURS, bed, stream);
      long heapAfter = heapBytes();
      // All hours end alike, as soon as the ledger is full.
      Kept kept = before.get(0).kept();
      assertTrue(kept.keys() > 0 && kept.retained() > 0, kept.toString());
      before.forEach(sample -> assertEquals(kept, sample.kept()));
      after.forEach(sample -> assertEquals(kept, sample.kept()));
      assertTrue(mostThreads(after) <= mostThreads(before), before + " then " + after);
      assertTrue(
          heapAfter <= MORE_HEAP * heapBefore,
          heapBefore + " then " + heapAfter + " bytes of heap");
      ticks.end();
      stream.end();
      assertEquals(stored, summed.get(), "sum of all windows");
      assertTrue(bed.files().peakBytes() > 0, "bursts are larger than memory");
    }
  }
}
