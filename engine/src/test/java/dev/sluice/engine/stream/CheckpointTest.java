package dev.sluice.engine.stream;

import static dev.sluice.engine.stream.StreamBed.at;
import static dev.sluice.engine.stream.StreamBed.collect;
import static dev.sluice.engine.stream.StreamBed.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.checkpoint.CheckpointFolder;
import dev.sluice.engine.checkpoint.FencedException;
import dev.sluice.engine.checkpoint.FolderInUseException;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.Wait;
import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.storage.LocalStore;
import dev.sluice.engine.time.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a context leaves in its folder, and what the next one makes of it. */
@Timeout(120)
class CheckpointTest {
  @TempDir Path temp;

  private DurableStore store() {
    return new LocalStore(temp.resolve("checkpoint"));
  }

  private CheckpointOptions folder() {
    return CheckpointOptions.in(store()).withInterval(seconds(2));
  }

  /** A context whose clock stands at batch {@code reached}. */
  private static StreamBed bed(CheckpointOptions options, int reached) {
    return new StreamBed(StreamBed.options().checkpoint(options), new ManualClock(at(reached)));
  }

  private static PairDStream<String, Integer> counts(DStream<String> words) {
    return words
        .mapToPair(word -> Pair.of(word, 1))
        .updateStateByKey((values, count) -> Optional.of(count.orElse(0) + values.size()));
  }

  /** The program that defines {@code streams}, stopped after {@code batches}. */
  private static void live(StreamBed bed, int batches, Consumer<StreamBed> streams) {
    streams.accept(bed);
    bed.start();
    bed.batches(batches);
    bed.context.stop(true);
  }

  @Test
  void hasAllStatesAfterAStop() {
    try (StreamBed bed = bed(folder(), 0)) {
      live(bed, 2, b -> counts(b.input(List.of(List.of("a", "b"), List.of("a")))).print());
    }
    try (StreamBed bed = bed(folder(), 2)) {
      Map<Long, List<Pair<String, Integer>>> seen =
          collect(counts(bed.input(List.of(List.of("b")))));
      bed.start();
      bed.batches(1);
      assertEquals(
          List.of(new StreamEvent.Recovered(at(2), 0)), bed.seen(StreamEvent.Recovered.class));
      assertEquals(
          List.of(Pair.of("a", 2), Pair.of("b", 2)),
          seen.get(3L).stream().sorted((x, y) -> x.key().compareTo(y.key())).toList());
    }
  }

  @Test
  void hasTheRecordsOfAQueueInLaterWindows() {
    try (StreamBed bed = bed(folder(), 0)) {
      live(
          bed,
          2,
          b -> b.input(List.of(List.of("a", "b"), List.of("c"))).window(seconds(3)).print());
    }
    try (StreamBed bed = bed(folder(), 2)) {
      Map<Long, List<String>> seen = collect(bed.input(List.of(List.of("d"))).window(seconds(3)));
      bed.start();
      bed.batches(2);
      assertEquals(Map.of(3L, List.of("a", "b", "c", "d"), 4L, List.of("c", "d")), seen);
    }
  }

  @Test
  void readsEachFileOnce() throws IOException {
    Path files = Files.createDirectory(temp.resolve("files"));
    try (StreamBed bed = bed(folder(), 0)) {
      Map<Long, List<String>> seen = collect(bed.context.textFileStream(files));
      bed.start();
      // The first batch finds what was there at the start.
      bed.batches(1);
      Files.writeString(files.resolve("one"), "1\n");
      bed.batches(1);
      assertEquals(Map.of(1L, List.of(), 2L, List.of("1")), seen);
      bed.context.stop(true);
    }
    Files.writeString(files.resolve("two"), "2\n");
    try (StreamBed bed = bed(folder(), 2)) {
      Map<Long, List<String>> seen = collect(bed.context.textFileStream(files));
      bed.start();
      bed.batches(1);
      assertEquals(Map.of(3L, List.of("2")), seen);
    }
  }

  @Test
  void goesOnAfterAStopInTheSameContext() {
    try (StreamBed bed = bed(folder(), 0)) {
      Numbered source = new Numbered();
      Map<Long, List<Long>> seen = collect(bed.context.receiverStream(source).window(seconds(2)));
      bed.start();
      Wait.until("ready", source::isReady);
      source.upTo(2);
      bed.batches(1);
      bed.context.stop(false);
      bed.start();
      Wait.until("started", source::isStarted);
      source.upTo(3);
      bed.batches(1);
      assertEquals(Map.of(1L, List.of(0L, 1L), 2L, List.of(0L, 1L, 2L)), seen);
    }
  }

  @Test
  void leavesBlocksOfNoBatchToTheNextProcess() {
    try (StreamBed bed = bed(folder(), 0)) {
      Numbered source = new Numbered();
      collect(bed.context.receiverStream(source));
      bed.start();
      Wait.until("ready", source::isReady);
      source.upTo(2);
      bed.batches(1);
      source.upTo(5);
    }
    try (StreamBed bed = bed(folder(), 1)) {
      Numbered source = new Numbered();
      Map<Long, List<Long>> seen = collect(bed.context.receiverStream(source));
      bed.start();
      Wait.until("ready", source::isReady);
      source.upTo(6);
      bed.batches(1);
      assertEquals(List.of(2L, 3L, 4L, 5L), seen.get(2L));
    }
  }

  /** Some of it is in the journal when it turns out that the rest cannot be. */
  @Test
  void leavesNothingOfABlockThatCouldNotBeStored() {
    String large = "x".repeat(200_000);
    for (int life = 0; life < 2; life++) {
      boolean last = life == 1;
      try (StreamBed bed = bed(folder(), 0)) {
        AtomicBoolean stored = new AtomicBoolean();
        Receiver<Object> receiver =
            new Receiver<>() {
              @Override
              public void onStart() {
                if (!last && !stored.get()) {
                  assertThrows(
                      UncheckedIOException.class, () -> store(List.of(large, new Unregistered())));
                  store(List.of("good"));
                  stored.set(true);
                }
              }

              @Override
              public void onStop() {}
            };
        Map<Long, List<Object>> seen = collect(bed.context.receiverStream(receiver));
        bed.start();
        if (last) {
          bed.batches(1);
          assertEquals(List.of("good"), seen.get(1L));
        } else {
          Wait.until("stored", stored::get);
        }
      }
    }
  }

  private static final class Unregistered {}

  @Test
  void doesNotGrowForEver() throws IOException {
    try (StreamBed bed = bed(folder(), 0)) {
      Numbered source = new Numbered();
      collect(
          counts(bed.context.receiverStream(source).map(n -> "key " + n % 3)).window(seconds(2)));
      bed.start();
      Wait.until("ready", source::isReady);
      for (long batch = 1; batch <= 30; batch++) {
        source.upTo(batch * 5);
        bed.batches(1);
      }
      bed.context.stop(true);
      List<String> names = store().list("");
      assertTrue(names.size() < 20, names::toString);
    }
  }

  @Test
  void keepsOthersOffWhileItLives() {
    try (StreamBed first = bed(folder(), 0)) {
      live(first, 1, b -> b.input(List.of(List.of("a"))).print());
      try (StreamBed second = bed(folder(), 1)) {
        second.input(List.of(List.of("a"))).print();
        UncheckedIOException e = assertThrows(UncheckedIOException.class, second::start);
        assertInstanceOf(FolderInUseException.class, e.getCause());
        assertEquals(StreamState.CLOSED, second.context.state());
      }
    }
  }

  @Test
  void endsWhenAnotherHasTakenOver() {
    try (StreamBed first = bed(folder(), 0);
        StreamBed second = bed(folder().withTakeOver(), 1)) {
      first.input(List.of(List.of("a"))).print();
      first.start();
      first.batches(1);
      second.input(List.of(List.of("a"))).print();
      second.start();
      RuntimeException e = assertThrows(RuntimeException.class, () -> first.batches(1));
      assertInstanceOf(FencedException.class, e.getCause());
      second.batches(1);
    }
  }

  @Test
  void refusesTheCheckpointOfAnotherProgram() {
    try (StreamBed bed = bed(folder(), 0)) {
      live(
          bed, 1, b -> counts(b.input(List.of(List.of("a"))).name("words")).name("counts").print());
    }
    try (StreamBed bed = bed(folder(), 1)) {
      bed.input(List.of(List.of("a"))).name("lines").print();
      IncompatibleProgramException e = assertThrows(IncompatibleProgramException.class, bed::start);
      assertEquals(
          "the checkpoint cannot be gone on from: input lines is not in the checkpoint; words is in"
              + " the checkpoint, and not in the program. Give streams the names they had"
              + " (name(...)), or use another folder",
          e.getMessage().replaceAll("updateStateByKey#\\d+[^;]*; ", ""));
    }
    try (StreamBed bed = bed(folder(), 1)) {
      live(
          bed, 1, b -> counts(b.input(List.of(List.of("a"))).name("words")).name("counts").print());
    }
  }

  @Test
  void refusesTheFolderOfAPipeline() throws IOException {
    ManualClock clock = new ManualClock(at(0));
    try (CheckpointFolder pipeline =
        CheckpointFolder.open(store(), clock, "pipeline", 1_000, false)) {
      pipeline.write(7, true, out -> out.writeLong(7));
    }
    try (StreamBed bed = bed(folder(), 1)) {
      bed.input(List.of(List.of("a"))).print();
      IncompatibleProgramException e = assertThrows(IncompatibleProgramException.class, bed::start);
      assertTrue(e.getMessage().contains("but of a pipeline"), e.getMessage());
    }
  }

  @Test
  void refusesAnotherBatchDuration() {
    try (StreamBed bed = bed(folder(), 0)) {
      live(bed, 1, b -> b.input(List.of(List.of("a"))).print());
    }
    StreamingOptions options = new StreamingOptions(seconds(5)).checkpoint(folder());
    try (StreamBed bed = new StreamBed(options, new ManualClock(at(1)))) {
      bed.input(List.of(List.of("a"))).print();
      assertTrue(
          assertThrows(IncompatibleProgramException.class, bed::start)
              .getMessage()
              .contains("batches were 1000 ms long and are 5000 ms now"));
    }
  }

  @Test
  void needsAFolderWhereAStreamIsToBeCheckpointed() {
    try (StreamBed bed = new StreamBed()) {
      bed.input(List.of(List.of("a"))).checkpoint(java.time.Duration.ofMillis(1_500)).print();
      bed.input(List.of(List.of("a"))).checkpoint(seconds(4)).print();
      String problems = assertThrows(StreamGraphException.class, bed::start).getMessage();
      assertTrue(
          problems.contains("the interval of checkpoint of queueStream#0 is 1500 ms"), problems);
      assertTrue(problems.contains("there is no folder"), problems);
    }
  }

  @Test
  void saysWhyAFolderCannotBeUsed() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                StreamingContext.getOrCreate(
                    file.resolve("below").toString(), () -> new StreamingContext(seconds(1))));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }

  @Test
  void writesWhatIsCheckpointedInsteadOfWhatItWasMadeOf() throws IOException {
    for (int life = 0; life < 2; life++) {
      try (StreamBed bed = bed(folder(), 2 * life)) {
        DStream<String> input = bed.input(List.of(List.of("a" + life), List.of("b" + life)));
        Map<Long, List<String>> seen =
            collect(input.map(word -> word + "!").checkpoint(seconds(2)).window(seconds(3)));
        bed.start();
        bed.batches(2);
        if (life == 1) {
          assertEquals(List.of("a0!", "b0!", "a1!"), seen.get(3L));
        }
        bed.context.stop(true);
      }
    }
  }

  @Test
  void publishesLaterWhatCouldNotBePublished() {
    Map<Long, List<String>> published = new ConcurrentHashMap<>();
    for (int life = 0; life < 2; life++) {
      boolean works = life == 1;
      try (StreamBed bed = bed(folder(), life)) {
        bed.input(List.of(List.of("a"), List.of("b")))
            .saveTo(
                "sink",
                new TransactionalSink<String>() {
                  @Override
                  public List<String> prepare(Rdd<String> records, long batchMs) {
                    return records.collect();
                  }

                  @Override
                  public void publish(long batchMs, List<String> prepared) throws IOException {
                    if (!works) {
                      throw new IOException("nobody takes it");
                    }
                    published.merge(batchMs, prepared, (one, two) -> List.of("twice"));
                  }
                });
        bed.start();
        if (works) {
          bed.clock.advance(StreamBed.BATCH_MS);
          Wait.until("published", () -> published.size() == 2);
        } else {
          BatchFailedException e = assertThrows(BatchFailedException.class, () -> bed.batches(1));
          assertEquals("nobody takes it", e.getCause().getMessage());
        }
      }
    }
    assertEquals(Map.of(at(1), List.of("a"), at(2), List.of("a")), published);
  }
}
