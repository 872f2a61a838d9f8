package dev.sluice.engine.stream;

import static dev.sluice.engine.stream.StreamBed.at;
import static dev.sluice.engine.stream.StreamBed.seconds;

import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.receiver.Wait;
import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.time.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A program with windows, states and transactional output on numbers, of which each batch has so
 * many: what it writes does not depend on how often it dies. One object is one life.
 */
final class DurableProgram implements AutoCloseable {
  private static final int KEYS = 5;
  private static final int QUIET_KEY = 4;

  final StreamBed bed;
  private final DurableStore store;
  private final Numbered source = new Numbered();

  /** A life that begins when the time of batch {@code reached} has come. */
  DurableProgram(DurableStore store, int reached) {
    this.store = store;
    this.bed =
        new StreamBed(
            StreamBed.options()
                .checkpoint(CheckpointOptions.in(store).withInterval(seconds(3)).withTakeOver()),
            new ManualClock(at(reached)));
    PairDStream<Long, Long> numbers =
        bed.context.receiverStream(source).name("numbers").mapToPair(DurableProgram::keyed);
    DStream<String> sums =
        numbers
            .<Long>updateStateByKey(
                (values, sum) ->
                    Optional.of(sum.orElse(0L) + values.stream().mapToLong(v -> v).sum()))
            .map(pair -> "sum " + pair);
    DStream<String> seen =
        numbers.mapWithState(StateSpec.of(DurableProgram::count).withTimeout(seconds(4))).mapped();
    DStream<String> sliding =
        numbers
            .reduceByKeyAndWindow(Long::sum, (all, left) -> all - left, seconds(5), seconds(2))
            .map(pair -> "sliding " + pair);
    DStream<String> window =
        numbers.window(seconds(3)).reduceByKey(Long::sum).map(pair -> "window " + pair);
    DStream<String> before =
        numbers.map(Pair::value).previous(2).count().map(count -> "before " + count);
    write("a", sums.union(seen));
    write("b", window.union(before));
    write("c", sliding);
  }

  private static Pair<Long, Long> keyed(Long number) {
    // One key has values at first only, so that it times out.
    long key = number % KEYS;
    return Pair.of(key == QUIET_KEY && number > 20 ? 0 : key, number);
  }

  private static String count(Long key, Optional<Long> value, State<Long> state) {
    if (state.isTimingOut()) {
      return "out " + key + " " + state.get();
    }
    long count = state.exists() ? state.get() + 1 : 1;
    state.update(count);
    return "seen " + key + " " + count + " " + value.orElseThrow();
  }

  private void write(String name, DStream<String> lines) {
    lines
        .transform((rdd, timeMs) -> rdd.map(line -> (timeMs - at(0)) / 1_000 + " " + line))
        .saveTo(name, new TextFileSink<>(store, "." + name));
  }

  /** Lives until batch {@code last} is complete, and ends in order. */
  void run(int last) {
    live(last);
    bed.context.stop(true);
    bed.checkFailure();
  }

  /** Lives until batch {@code last} is complete. */
  void live(int last) {
    bed.start();
    Wait.until("ready, " + bed.context.state(), () -> source.isReady() || failed());
    while (bed.clock.nowMs() < at(last) && !failed()) {
      long batch = (bed.clock.nowMs() - at(0)) / 1_000 + 1;
      source.upTo(batch * (batch + 3));
      bed.clock.advance(1_000);
      Wait.until("batch " + batch, () -> isComplete(batch) || failed());
    }
    bed.checkFailure();
  }

  private boolean isComplete(long batch) {
    return bed.seen(StreamEvent.BatchCompleted.class).stream()
            .anyMatch(event -> event.batchMs() == at(batch))
        || bed.seen(StreamEvent.Recovered.class).stream()
            .anyMatch(event -> event.checkpointMs() >= at(batch));
  }

  /** The last batch whose time has come. */
  int reached() {
    return (int) ((bed.clock.nowMs() - at(0)) / StreamBed.BATCH_MS);
  }

  boolean failed() {
    return bed.context.state() == StreamState.FAILED;
  }

  /** The lines that count, batch by batch. */
  static Map<String, List<String>> output(DurableStore store) throws IOException {
    Map<String, List<String>> lines = new TreeMap<>();
    for (String name : store.list("batch-")) {
      try (InputStream in = store.read(name)) {
        String batch = name.substring(0, name.indexOf("-part")) + name.substring(name.length() - 2);
        lines
            .computeIfAbsent(batch, b -> new ArrayList<>())
            .addAll(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
      }
    }
    lines.values().forEach(each -> each.sort(String::compareTo));
    return lines;
  }

  @Override
  public void close() {
    bed.close();
  }
}
