package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams without end that are drained while windows are open. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DrainTest {
  private static final int ENOUGH = 25;

  private final Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=5"));
  private final Latch enough = new Latch(ENOUGH);
  private final Seen<Long> seen = new Seen<>(enough);
  private final Gathered<Long> gathered = new Gathered<>();
  private final Gathered<Long> counts = new Gathered<>();

  @Test
  void givesWhatASequenceHasBroughtAndIsDone() throws InterruptedException {
    PCollection<Long> numbers =
        pipeline.apply("Numbers", GenerateSequence.from(0).withRate(5, Duration.millis(1)));
    SluicePipelineResult result = start(numbers);
    enough.await();
    assertNull(result.waitUntilFinish(Duration.millis(1)));
    assertEquals(State.RUNNING, result.getState());
    result.drain();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertAllCounted();
  }

  @Test
  void givesWhatASourceHasBroughtAndIsDone() throws InterruptedException {
    NumbersSource source = NumbersSource.ofSplits(2, ENOUGH, new NeverEnds());
    SluicePipelineResult result = start(pipeline.apply("Numbers", Read.from(source)));
    enough.await();
    result.drain();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertAllCounted();
  }

  @Test
  void mayBeAskedForTwiceAndAfterTheEnd() throws InterruptedException {
    NumbersSource source = NumbersSource.of(ENOUGH, new NeverEnds());
    SluicePipelineResult result = start(pipeline.apply("Numbers", Read.from(source)));
    enough.await();
    result.drain();
    result.drain();
    assertEquals(State.DONE, result.waitUntilFinish());
    result.drain();
    assertEquals(State.DONE, result.getState());
    assertAllCounted();
  }

  @Test
  void isNotForBoundedPipelines() throws InterruptedException {
    SluicePipelineResult result =
        start(pipeline.apply("Numbers", GenerateSequence.from(0).to(ENOUGH)));
    assertThrows(UnsupportedOperationException.class, result::drain);
    assertEquals(State.DONE, result.waitUntilFinish());
  }

  private SluicePipelineResult start(PCollection<Long> numbers) {
    PCollection<Long> shown = numbers.apply("Seen", ParDo.of(seen));
    shown.apply("Gathered", gathered);
    shown
        .apply("Windows", Window.into(FixedWindows.of(Duration.standardDays(1))))
        .apply("Keys", WithKeys.of("all"))
        .apply("Count", Count.perKey())
        .apply("Values", Values.create())
        .apply("Counts", counts);
    return (SluicePipelineResult) pipeline.run();
  }

  /** What has come, each number once. */
  private void assertAllCounted() {
    List<Long> found = gathered.sorted();
    assertTrue(found.size() >= ENOUGH, () -> "found " + found);
    assertEquals(found.stream().distinct().toList(), found);
    assertEquals(seen.elements().stream().sorted().toList(), found);
    assertEquals(found.size(), sum(counts.elements()));
  }

  private static long sum(List<Long> numbers) {
    return numbers.stream().mapToLong(n -> n).sum();
  }

  /** Has a watermark that stays where it is. */
  private static final class NeverEnds extends InBatches {
    private static final long serialVersionUID = 1L;

    NeverEnds() {
      super(10);
    }

    @Override
    Instant watermark(int split, long next, boolean last) {
      return Instant.EPOCH;
    }
  }
}
