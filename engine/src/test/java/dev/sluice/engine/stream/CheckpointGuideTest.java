package dev.sluice.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.rdd.EngineOptions;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.time.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the chapter on checkpoints of docs/dstreams.md, as they stand there. */
@Timeout(120)
class CheckpointGuideTest {
  @TempDir Path temp;

  private final ManualClock clock = new ManualClock(1_000_000);
  private long before;

  /** Counts up to a number, in whatever process. */
  private static final class Counter extends Receiver<Long> {
    private final long numbers;

    Counter(long numbers) {
      this.numbers = numbers;
    }

    @Override
    public void onStart() {
      long next = lastMark() == null ? 0 : (Long) lastMark();
      while (!isStopped() && next < numbers) {
        store(List.of(next), next + 1, 0);
        next++;
      }
    }

    @Override
    public void onStop() {}
  }

  private StreamingContext program(String output, long numbers) {
    StreamingContext context =
        new StreamingContext(
            new StreamingOptions(Duration.ofSeconds(1))
                .engine(new EngineOptions().workers(2).clock(clock)));
    PairDStream<String, Long> totals =
        context
            .receiverStream(new Counter(numbers))
            .name("numbers")
            .mapToPair(number -> Pair.of(number % 2 == 0 ? "even" : "odd", 1L))
            .updateStateByKey((ones, before) -> Optional.of(before.orElse(0L) + ones.size()));
    commit(totals, output);
    return context;
  }

  private static void commit(PairDStream<String, Long> counts, String folder) {
    counts.commitTextFiles(folder, ".txt");
  }

  @Test
  void goesOnAndWritesFiles() throws Exception {
    String folder = temp.resolve("checkpoint").toString();
    String store = temp.resolve("output").toString();
    run(folder, store, 4);
    assertEquals(List.of("Pair[key=even, value=2]", "Pair[key=odd, value=2]"), last(store));
    run(folder, store, 7);
    assertEquals(List.of("Pair[key=even, value=4]", "Pair[key=odd, value=3]"), last(store));
  }

  private void run(String folder, String store, long numbers) throws InterruptedException {
    StreamingContext context = StreamingContext.getOrCreate(folder, () -> program(store, numbers));
    BlockingQueue<StreamEvent> events = new LinkedBlockingQueue<>();
    try (context) {
      context.addListener(events::add);
      context.start();
      long left = numbers - before;
      while (left > 0) {
        clock.advance(1_000);
        left -= nextBatch(events).records();
      }
      context.stop(true);
    }
    before = numbers;
  }

  private static StreamEvent.BatchCompleted nextBatch(BlockingQueue<StreamEvent> events)
      throws InterruptedException {
    while (true) {
      if (events.take() instanceof StreamEvent.BatchCompleted batch) {
        return batch;
      }
    }
  }

  /** The lines of the last batch that has any. */
  private static List<String> last(String store) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(store))) {
      files = all.filter(file -> file.getFileName().toString().startsWith("batch")).toList();
    }
    String batch =
        files.stream().map(CheckpointGuideTest::batch).max(String::compareTo).orElseThrow();
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      if (batch(file).equals(batch)) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines.stream().sorted().toList();
  }

  private static String batch(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.indexOf("-part"));
  }

  @Test
  void saysMore() {
    String folder = temp.toString();
    CheckpointOptions checkpoint =
        CheckpointOptions.in(folder)
            .withInterval(Duration.ofSeconds(30))
            .withLease(Duration.ofMinutes(1))
            .withDowntime(Downtime.SKIP);
    try (StreamingContext context =
        new StreamingContext(new StreamingOptions(Duration.ofSeconds(1)).checkpoint(checkpoint))) {
      assertEquals(StreamState.INITIALIZED, context.state());
    }
  }
}
