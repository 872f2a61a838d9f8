package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.ParDo;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sources that have more than a batch takes are read by its tasks. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LentReaderTest {
  private static final int COUNT = 3_000;
  private static final int FAILING = COUNT / 2 + 17;
  private static final String SMALL = "--maxBatchRecords=100";

  private final Noting noting = new Noting();
  private final Gathered<Long> gathered = new Gathered<>();
  private final NumbersSource source = NumbersSource.ofSplits(2, COUNT, noting);

  @Test
  void areReadWhereTheirRecordsAreProcessed() {
    run(new PassesOn(0, FAILING), SMALL);

    assertEquals(source.numbers(), gathered.sorted());
    assertTrue(noting.readByWorkers(), () -> "read by " + noting.readers());
  }

  @Test
  void areNotIfTheyAreHeldToARate() {
    run(new PassesOn(0, FAILING), SMALL, "--maxRate=1000000");

    assertEquals(source.numbers(), gathered.sorted());
    assertFalse(noting.readByWorkers(), () -> "read by " + noting.readers());
  }

  @Test
  void areReadAgainFromWhereTheBatchBeganIfAnAttemptFails() {
    PassesOn failing = new PassesOn(3, FAILING);

    run(failing, SMALL, "--maxTaskAttempts=4");

    assertTrue(failing.isOver());
    assertEquals(source.numbers(), gathered.sorted());
    // Opened at the beginning, and again for each attempt that came behind a failed one.
    assertEquals(4, noting.opened.get().stream().filter(split -> split == 0).count());
    assertTrue(noting.readByWorkers(), () -> "read by " + noting.readers());
  }

  @Test
  void areToldOfEachMarkOnceAndInOrder() {
    run(new PassesOn(1, FAILING), SMALL, "--maxTaskAttempts=2");

    List<Long> marks = assertMarksInOrder();
    assertEquals(COUNT, marks.get(marks.size() - 1));
  }

  /** Those that the first split was told of, each once. */
  private List<Long> assertMarksInOrder() {
    List<Long> marks = noting.finalized.get();
    assertEquals(marks.stream().sorted().distinct().toList(), marks);
    return marks;
  }

  @Test
  void areTakenBackWhenTheStreamIsDrained() throws InterruptedException {
    Latch enough = new Latch(COUNT);
    Seen<Long> seen = new Seen<>(enough);
    NumbersSource endless = NumbersSource.of(1L << 40, noting);
    Pipeline pipeline = Pipeline.create(TestOptions.of(SMALL, "--batchDurationMs=5"));
    pipeline
        .apply("Numbers", Read.from(endless))
        .apply("Seen", ParDo.of(seen))
        .apply("Gathered", gathered);
    SluicePipelineResult result = (SluicePipelineResult) pipeline.run();
    enough.await();

    result.drain();

    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(seen.elements().stream().sorted().toList(), gathered.sorted());
    assertEquals(gathered.sorted().stream().distinct().toList(), gathered.sorted());
    assertMarksInOrder();
  }

  private void run(PassesOn fn, String... options) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(options));
    pipeline
        .apply("Numbers", Read.from(source))
        .apply("Passes on", ParDo.of(fn))
        .apply("Gathered", gathered);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
  }

  /** Notes who reads, which readers are opened, and the marks of the first split. */
  private static final class Noting extends NumbersSource.Conduct {
    private static final long serialVersionUID = 1L;
    private final Shared<Set<String>> threads = Shared.of(ConcurrentHashMap.newKeySet());
    private final Shared<List<Integer>> opened = Shared.of(new CopyOnWriteArrayList<>());
    private final Shared<List<Long>> finalized = Shared.of(new CopyOnWriteArrayList<>());

    Set<String> readers() {
      return threads.get();
    }

    boolean readByWorkers() {
      return readers().stream().anyMatch(name -> name.contains("-worker-"));
    }

    @Override
    void opened(int split, Long from) {
      opened.get().add(split);
    }

    @Override
    void reading(int split, long next) {
      threads.get().add(Thread.currentThread().getName());
    }

    @Override
    void finalized(int split, long next) {
      if (split == 0) {
        finalized.get().add(next);
      }
    }

    @Override
    Instant time(long number) {
      return Instant.ofEpochMilli(number);
    }
  }
}
