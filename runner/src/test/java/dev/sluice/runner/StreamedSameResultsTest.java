package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pipelines that give the same results however they are run: as bounded ones, as streams of a
 * bounded input, and of an unbounded one in many batches. The way is chosen by a seed.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StreamedSameResultsTest {
  private static final int EVENTS = 90;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @EnumSource(SmallPipeline.class)
  void comeOfABoundedInputInAStream(SmallPipeline small) {
    String[] options = options("--streaming=true");
    List<String> expected = ofBounded(small, "--parallelism=2");
    assertFalse(expected.isEmpty(), "the pipeline has no results");
    assertEquals(expected, ofBounded(small, options), () -> message(options));
  }

  @ParameterizedTest
  @EnumSource(SmallPipeline.class)
  void comeOfAnUnboundedInput(SmallPipeline small) {
    String[] options = options("--streaming=false");
    List<String> expected = ofBounded(small, "--parallelism=2");
    assertEquals(expected, ofUnbounded(small, options), () -> message(options));
  }

  private String message(String... options) {
    return "seed " + seed + " with " + String.join(" ", options);
  }

  private String[] options(String streaming) {
    String[] options = {
      streaming,
      "--batchDurationMs=" + oneOf(1, 100, 1000),
      "--parallelism=" + oneOf(1, 2, 7),
      "--maxBundleSize=" + oneOf(0, 1, 3),
      "--stateStore=" + (random.nextBoolean() ? "HEAP" : "DISK")
    };
    System.out.println(message(options));
    return options;
  }

  private int oneOf(int... values) {
    return values[random.nextInt(values.length)];
  }

  private static List<String> ofBounded(SmallPipeline small, String... options) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(options));
    List<TimestampedValue<Long>> numbers =
        LongStream.range(0, EVENTS)
            .mapToObj(n -> TimestampedValue.of(n, Instant.ofEpochMilli(n)))
            .toList();
    return results(small, pipeline.apply("Numbers", Create.timestamped(numbers)));
  }

  private static List<String> ofUnbounded(SmallPipeline small, String... options) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(options));
    NumbersSource source = NumbersSource.of(EVENTS, new InBatches(17));
    return results(small, pipeline.apply("Numbers", Read.from(source)));
  }

  private static List<String> results(SmallPipeline small, PCollection<Long> numbers) {
    Gathered<String> gathered = new Gathered<>();
    PCollection<KV<String, Long>> input =
        numbers
            .apply("Events", ParDo.of(new Events()))
            .apply("Windows", Window.into(FixedWindows.of(Duration.millis(25))));
    small.apply(input).apply("Gathered", gathered);
    assertEquals(State.DONE, numbers.getPipeline().run().waitUntilFinish());
    return gathered.sorted();
  }

  /** A number with one of three keys, of which one is frequent. */
  private static final class Events extends DoFn<Long, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<KV<String, Long>> out) {
      String key = n % 11 == 0 ? "c" : n % 5 == 0 ? "b" : "a";
      out.output(KV.of(key, n * 31 % 17));
    }
  }
}
