package dev.sluice.benchmarks;

import dev.sluice.engine.rdd.EngineOptions;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.stream.StreamEvent;
import dev.sluice.engine.stream.StreamingContext;
import dev.sluice.engine.stream.StreamingOptions;
import dev.sluice.engine.time.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A stream of sums by key over a window that is made of the one before. Each batch has the same
 * records, and comes when it is asked for. For use by one thread.
 */
final class SlidingWindow implements AutoCloseable {
  private static final long BATCH_MS = 1_000;
  private static final int PARTITIONS = 2;

  private final int slides;
  private final ManualClock clock = new ManualClock(1_000_000);
  private final StreamingContext context;

  /** Of the job thread, at the end of each batch: when it was, and the sum of all sums. */
  private final BlockingQueue<Batch> done = new LinkedBlockingQueue<>();

  private final long records;

  private record Batch(long nanos, long sum, Throwable failure) {}

  SlidingWindow(int slides, int records, int keys) {
    this.slides = slides;
    this.records = records;
    Duration batch = Duration.ofMillis(BATCH_MS);
    context =
        new StreamingContext(
            new StreamingOptions(batch)
                .name("window of " + slides)
                .engine(new EngineOptions().workers(PARTITIONS).clock(clock)));
    List<Pair<Integer, Long>> pairs = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      pairs.add(Pair.of(i % keys, 1L));
    }
    Rdd<Pair<Integer, Long>> each = context.rdds().parallelize(pairs, PARTITIONS);
    context
        .queueStream(new ArrayDeque<>(), true, each)
        .<Integer, Long>mapToPair(pair -> pair)
        .reduceByKeyAndWindow(
            Long::sum, (window, left) -> window - left, batch.multipliedBy(slides), batch)
        .foreachPairRDD(
            (rdd, timeMs) -> {
              long sum = rdd.values().reduce(Long::sum);
              done.add(new Batch(System.nanoTime(), sum, null));
            });
    context.addListener(
        event -> {
          if (event instanceof StreamEvent.BatchFailed failed) {
            done.add(new Batch(0, 0, failed.cause()));
          }
        });
    context.start();
  }

  int slides() {
    return slides;
  }

  /** Runs the batches until the window is full. */
  void fill() throws InterruptedException {
    clock.advance(slides * BATCH_MS);
    for (int i = 1; i <= slides; i++) {
      next(i * records);
    }
  }

  /** Of so many batches of a full window, one right after another. */
  double millisPerBatch(int batches) throws InterruptedException {
    clock.advance((batches + 1) * BATCH_MS);
    long start = next(slides * records).nanos();
    long end = start;
    for (int i = 0; i < batches; i++) {
      end = next(slides * records).nanos();
    }
    return (end - start) / 1e6 / batches;
  }

  private Batch next(long expected) throws InterruptedException {
    Batch batch = done.take();
    if (batch.failure() != null) {
      throw new IllegalStateException("a batch has failed", batch.failure());
    }
    if (batch.sum() != expected) {
      throw new IllegalStateException("a sum of " + batch.sum() + " rather than " + expected);
    }
    return batch;
  }

  @Override
  public void close() {
    context.close();
  }
}
