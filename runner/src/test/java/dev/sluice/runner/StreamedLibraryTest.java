package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Contextful.Fn.Context;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Deduplicate;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.PeriodicImpulse;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.transforms.Watch;
import org.apache.beam.sdk.transforms.Watch.Growth.PollFn;
import org.apache.beam.sdk.transforms.Watch.Growth.PollResult;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Beam's own transforms for streams. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StreamedLibraryTest {
  private final Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=5"));
  private final Gathered<Long> gathered = new Gathered<>();

  @Test
  void deduplicateForgetsNothingFromBatchToBatch() {
    numbers(60)
        .apply("Rests", ParDo.of(new ByRest(7)))
        .apply("Keys", ParDo.of(new Keys()))
        .apply("Deduplicate", Deduplicate.values())
        .apply("Gathered", gathered);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L), gathered.sorted());
  }

  @Test
  void groupIntoBatchesDoesNotKeepARestForLong() throws InterruptedException {
    Latch reached = new Latch(13);
    Flag ends = new Flag();
    pipeline
        .apply("Numbers", Read.from(NumbersSource.of(13, new EndsWhenTold(ends))))
        .apply("Keys", ParDo.of(new ByRest(2)))
        .apply(
            "Batches",
            GroupIntoBatches.<Long, Long>ofSize(4).withMaxBufferingDuration(Duration.millis(20)))
        .apply("Sizes", ParDo.of(new Flat(4)))
        .apply("Seen", ParDo.of(new Seen<>(reached)))
        .apply("Gathered", gathered);
    var result = pipeline.run();
    // The last ones of a key make no batch.
    reached.await();
    assertEquals(State.RUNNING, result.getState());
    ends.raise();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(LongStream.range(0, 13).boxed().toList(), gathered.sorted());
  }

  @Test
  void waitOnGoesOnWindowByWindow() {
    Flag signalled = new Flag();
    Window<Long> windows =
        Window.<Long>into(FixedWindows.of(Duration.millis(20)))
            .withAllowedLateness(Duration.ZERO)
            .discardingFiredPanes();
    PCollection<Long> numbers = numbers(60).apply("Windows", windows);
    PCollection<Long> signal = numbers.apply("Signal", ParDo.of(new Raises(signalled)));
    numbers
        .apply("Wait", Wait.on(signal))
        .apply("Waited", ParDo.of(new Expects(signalled)))
        .apply("Gathered", gathered);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(LongStream.range(0, 60).boxed().toList(), gathered.sorted());
  }

  @Test
  void periodicImpulseOfThePastIsComplete() {
    Instant start = Instant.ofEpochSecond(1_000);
    Gathered<Instant> times = new Gathered<>();
    pipeline
        .apply(
            "Impulse",
            PeriodicImpulse.create()
                .startAt(start)
                .stopAt(start.plus(Duration.standardSeconds(4)))
                .withInterval(Duration.standardSeconds(1)))
        .apply("Times", times);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(
        IntStream.rangeClosed(0, 4).mapToObj(i -> start.plus(Duration.standardSeconds(i))).toList(),
        times.sorted());
  }

  @Test
  void watchPollsUntilNothingGrows() {
    Gathered<String> found = new Gathered<>();
    pipeline
        .apply("Inputs", Create.of("a", "b"))
        .apply(
            "Watch",
            Watch.growthOf(new Grows())
                .withPollInterval(Duration.millis(1))
                .withOutputCoder(StringUtf8Coder.of()))
        .apply("Values", Values.create())
        .apply("Found", found);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(List.of("a0", "a1", "a2", "b0", "b1", "b2"), found.sorted());
  }

  private PCollection<Long> numbers(int count) {
    return pipeline.apply("Numbers", Read.from(NumbersSource.of(count, new InBatches(10))));
  }

  private static final class EndsWhenTold extends InBatches {
    private static final long serialVersionUID = 1L;
    private final Flag ends;

    EndsWhenTold(Flag ends) {
      super(5);
      this.ends = ends;
    }

    @Override
    Instant watermark(int split, long next, boolean last) {
      return last && ends.isRaised() ? super.watermark(split, next, true) : Instant.EPOCH;
    }
  }

  private static final class Keys extends DoFn<KV<Long, Long>, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<Long, Long> pair, OutputReceiver<Long> out) {
      out.output(pair.getKey());
    }
  }

  /** The elements of batches that are not too large. */
  private static final class Flat extends DoFn<KV<Long, Iterable<Long>>, Long> {
    private static final long serialVersionUID = 1L;
    private final int most;

    Flat(int most) {
      this.most = most;
    }

    @ProcessElement
    public void process(@Element KV<Long, Iterable<Long>> batch, OutputReceiver<Long> out) {
      int size = 0;
      for (Long value : batch.getValue()) {
        size++;
        out.output(value);
      }
      if (size > most) {
        throw new IllegalStateException("a batch of " + size);
      }
    }
  }

  /** Gives a signal when it has the last number of the first window. */
  private static final class Raises extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final Flag signalled;

    Raises(Flag signalled) {
      this.signalled = signalled;
    }

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<Long> out) {
      if (n == 19) {
        signalled.raise();
      }
      out.output(n);
    }
  }

  private static final class Expects extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final Flag signalled;

    Expects(Flag signalled) {
      this.signalled = signalled;
    }

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<Long> out) {
      assertTrue(signalled.isRaised(), () -> n + " has not waited");
      out.output(n);
    }
  }

  /** At each poll one more, three in all. */
  private static final class Grows extends PollFn<String, String> {
    private static final long serialVersionUID = 1L;
    private final Shared<Map<String, Integer>> polls = Shared.of(new ConcurrentHashMap<>());

    @Override
    public PollResult<String> apply(String input, Context context) {
      int poll = polls.get().merge(input, 1, Integer::sum);
      List<TimestampedValue<String>> found =
          IntStream.range(0, poll)
              .mapToObj(i -> TimestampedValue.of(input + i, Instant.ofEpochSecond(i)))
              .toList();
      return poll < 3 ? PollResult.incomplete(found) : PollResult.complete(found);
    }
  }
}
