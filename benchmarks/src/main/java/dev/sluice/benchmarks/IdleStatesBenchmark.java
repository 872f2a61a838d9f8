package dev.sluice.benchmarks;

import dev.sluice.engine.rdd.EngineOptions;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.RddContext;
import dev.sluice.engine.stream.DStream;
import dev.sluice.engine.stream.PairDStream;
import dev.sluice.engine.stream.StateFunction;
import dev.sluice.engine.stream.StateSpec;
import dev.sluice.engine.stream.StreamEvent;
import dev.sluice.engine.stream.StreamingContext;
import dev.sluice.engine.stream.StreamingOptions;
import dev.sluice.engine.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;

/**
 * What a batch of {@code mapWithState} costs that touches 10,000 keys, drawn anew for each batch,
 * when there are no other keys, and when there are 1,000,000 in all. A state is a sum of longs that
 * times out after an hour. A batch is measured from the making of the first dataset to the last
 * record that is mapped. The median has few of the collector's pauses in it, the mean all of them.
 * Arguments: batches (400), the heap (4g).
 */
public final class IdleStatesBenchmark {
  private static final int TOUCHED = 10_000;
  private static final int KEYS = 1_000_000;
  private static final int WARM_UP = 100;
  private static final long BATCH_MS = 1_000;
  private static final String MEDIAN = "median";

  private IdleStatesBenchmark() {}

  /** Runs it; with three arguments it is the child. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 3) {
      List<Double> times = run(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
      Child.report(
          args[0].equals(MEDIAN)
              ? times.get(times.size() / 2)
              : times.stream().mapToDouble(ms -> ms).average().orElseThrow());
      return;
    }
    String batches = args.length > 0 ? args[0] : "400";
    String heap = args.length > 1 ? args[1] : "4g";
    for (String figure : List.of(MEDIAN, "mean")) {
      double few = child(heap, figure, TOUCHED, batches);
      double many = child(heap, figure, KEYS, batches);
      System.out.printf(
          Locale.ROOT,
          "a batch that touches %,d keys, -Xmx%s, %s: %.2f ms of %,d, %.2f ms of %,d, ratio %.2f%n",
          TOUCHED,
          heap,
          figure,
          few,
          TOUCHED,
          many,
          KEYS,
          many / few);
    }
  }

  private static double child(String heap, String figure, int keys, String batches)
      throws IOException, InterruptedException {
    return Child.run(heap, IdleStatesBenchmark.class, figure, String.valueOf(keys), batches);
  }

  /** Milliseconds of each batch, ascending. */
  private static List<Double> run(int keys, int batches) throws InterruptedException {
    ManualClock clock = new ManualClock(0);
    StreamingOptions options =
        new StreamingOptions(Duration.ofMillis(BATCH_MS))
            .engine(new EngineOptions().workers(2).clock(clock));
    Queue<Rdd<Pair<Long, Long>>> queue = new ArrayDeque<>();
    List<Double> times = new ArrayList<>();
    Semaphore completed = new Semaphore(0);
    try (StreamingContext context = new StreamingContext(options)) {
      RddContext rdds = context.rdds();
      long[] startNs = {0};
      DStream<Pair<Long, Long>> input =
          context
              .queueStream(queue, true)
              .transform(
                  rdd -> {
                    startNs[0] = System.nanoTime();
                    return rdd;
                  });
      StateFunction<Long, Long, Long, Long> sum =
          (key, value, state) -> {
            state.update((state.exists() ? state.get() : 0) + value.orElseThrow());
            return state.get();
          };
      StateSpec<Long, Long, Long, Long> spec =
          StateSpec.<Long, Long, Long, Long>of(sum)
              .withInitial(
                  rdds.parallelizePairs(
                      LongStream.range(0, keys).mapToObj(key -> Pair.of(key, key)).toList()))
              .withTimeout(Duration.ofHours(1));
      PairDStream.of(input)
          .mapWithState(spec)
          .mapped()
          .foreachRDD(
              (rdd, timeMs) -> {
                rdd.count();
                times.add((System.nanoTime() - startNs[0]) / 1e6);
              });
      context.addListener(
          event -> {
            if (event instanceof StreamEvent.BatchCompleted) {
              completed.release();
            }
          });
      context.start();
      Random random = new Random(1);
      for (int batch = 0; batch < WARM_UP + batches; batch++) {
        Rdd<Pair<Long, Long>> touched = rdds.parallelize(touched(random, keys));
        synchronized (queue) {
          queue.add(touched);
        }
        clock.advance(BATCH_MS);
        completed.acquire();
      }
    }
    List<Double> measured = new ArrayList<>(times.subList(WARM_UP, times.size()));
    Collections.sort(measured);
    return measured;
  }

  /** A value for each of some keys. */
  private static List<Pair<Long, Long>> touched(Random random, int keys) {
    return random
        .longs(0, keys)
        .distinct()
        .limit(TOUCHED)
        .mapToObj(key -> Pair.of(key, 1L))
        .toList();
  }
}
