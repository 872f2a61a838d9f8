package dev.sluice.engine.stream;

import dev.sluice.engine.checkpoint.HookedStore;
import dev.sluice.engine.checkpoint.HookedStore.Hook;
import dev.sluice.engine.rdd.EngineOptions;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverOptions;
import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.storage.LocalStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A program that is killed while it runs: windows, states and transactional output on the numbers
 * below {@link #COUNT}. It ends when all have been counted for a while, and a file says that it
 * may.
 */
final class KilledStream {
  static final long COUNT = 3_000;
  static final int KEYS = 7;
  static final int WINDOW_BATCHES = 3;

  private static final Duration BATCH = Duration.ofMillis(50);
  private static final Duration WINDOW = BATCH.multipliedBy(WINDOW_BATCHES);
  private static final int PER_SECOND = 1_000;

  private final Path folder;
  private long quiet;

  private KilledStream(Path folder) {
    this.folder = folder;
  }

  /** Stores the numbers, from where it has been before. */
  private static final class Source extends Receiver<Long> {
    private static final int BLOCK = 10;

    @Override
    public void onStart() {
      long next = lastMark() == null ? 0 : (Long) lastMark();
      while (!isStopped() && next < COUNT) {
        long end = Math.min(COUNT, next + BLOCK);
        store(LongStream.range(next, end).boxed().toList(), end, 0);
        next = end;
      }
    }

    @Override
    public void onStop() {}
  }

  /** The folder, where to stop, and the how manieth time that it is there; or the folder only. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Hook hook =
        args.length > 1
            ? KillPoint.valueOf(args[1]).stopAt(Integer.parseInt(args[2]))
            : new Hook() {};
    new KilledStream(folder).run(hook);
  }

  private void run(Hook hook) throws Exception {
    DurableStore store = new HookedStore(new LocalStore(folder.resolve("checkpoint")), hook);
    DurableStore output = new HookedStore(new LocalStore(folder.resolve("output")), hook);
    try (StreamingContext context =
        new StreamingContext(
            new StreamingOptions(BATCH)
                .engine(new EngineOptions().workers(2))
                .receivers(ReceiverOptions.DEFAULTS.withMaxRate(PER_SECOND))
                .checkpoint(
                    CheckpointOptions.in(store)
                        .withInterval(BATCH.multipliedBy(4))
                        .withTakeOver()))) {
      define(context, output);
      context.start();
      context.awaitTermination();
    }
  }

  private void define(StreamingContext context, DurableStore output) {
    PairDStream<Long, Long> numbers =
        context
            .receiverStream(new Source())
            .name("numbers")
            .mapToPair(number -> Pair.of(number % KEYS, number));
    numbers
        .mapWithState(StateSpec.of(KilledStream::count))
        .mapped()
        .saveTo("seen", new TextFileSink<>(output, ".seen"));
    numbers
        .window(WINDOW)
        .map(pair -> "window " + pair.value())
        .saveTo("window", new TextFileSink<>(output, ".window"));
    numbers
        .reduceByKeyAndWindow(
            Long::sum, (all, left) -> all - left, WINDOW, BATCH, pair -> pair.value() != 0)
        .map(pair -> "sliding " + pair.key() + " " + pair.value())
        .saveTo("sliding", new TextFileSink<>(output, ".sliding"));
    numbers
        .map(Pair::value)
        .count()
        .mapToPair(count -> Pair.of("all", count))
        .<Long>updateStateByKey(
            (counts, before) ->
                Optional.of(before.orElse(0L) + counts.stream().mapToLong(n -> n).sum()))
        .foreachPairRDD(
            "progress", (all, timeMs) -> progress(context, all.collect().get(0).value()));
  }

  private static String count(Long key, Optional<Long> value, State<Long> state) {
    long count = state.exists() ? state.get() + 1 : 1;
    state.update(count);
    return seen(key, count, value.orElseThrow());
  }

  static String seen(long key, long count, long number) {
    return "seen " + key + " " + count + " " + number;
  }

  private void progress(StreamingContext context, long all) {
    System.out.println("batch " + all);
    quiet = all == COUNT ? quiet + 1 : 0;
    if (quiet > 2 * WINDOW_BATCHES && Files.exists(folder.resolve("end"))) {
      context.stop(true);
    }
  }
}
